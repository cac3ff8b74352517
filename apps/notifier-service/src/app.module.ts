import { Module, type DynamicModule } from '@nestjs/common';
import { AuditOutboxModule, ServiceModule, type StartedService } from '@ushadow/service';
import { AuditController } from './audit/audit.controller.ts';
import { ChannelsModule } from './channels/channels.module.ts';
import type { NotifierConfig } from './config.ts';
import { DeliveriesModule } from './deliveries/deliveries.module.ts';
import { HooksModule } from './hooks/hooks.module.ts';
import { IntakeModule } from './intake/intake.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { Database } from './store/database.store.ts';

@Module({
  imports: [ChannelsModule, DeliveriesModule, HooksModule, IntakeModule, RetentionModule],
  controllers: [AuditController],
})
export class AppModule {
  static forRoot(service: StartedService<NotifierConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), AuditOutboxModule],
    };
  }
}
