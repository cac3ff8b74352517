import { Module, type DynamicModule } from '@nestjs/common';
import { AuditOutboxModule, ServiceModule, type StartedService } from '@ushadow/service';
import { AuditController } from './audit/audit.controller.ts';
import { LogsModule } from './logs/logs.module.ts';
import { ShellModule } from './shell/shell.module.ts';
import type { OperationsConfig } from './config.ts';
import { Database } from './store/database.store.ts';

@Module({ imports: [LogsModule, ShellModule], controllers: [AuditController] })
export class AppModule {
  static forRoot(service: StartedService<OperationsConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), AuditOutboxModule],
    };
  }
}
