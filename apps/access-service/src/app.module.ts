import { Module, type DynamicModule } from '@nestjs/common';
import { AuditOutboxModule, ServiceModule, type StartedService } from '@ushadow/service';
import { AuditController } from './audit/audit.controller.ts';
import type { AccessConfig } from './config.ts';
import { FirstOwner } from './grants/first-owner.store.ts';
import { GrantStore } from './grants/grant.store.ts';
import { GrantsController } from './grants/grants.controller.ts';
import { Retention } from './retention/retention.ts';
import { Database } from './store/database.store.ts';
import { SubjectStore } from './tokens/subject.store.ts';
import { TokenStore } from './tokens/token.store.ts';
import { TokensController } from './tokens/tokens.controller.ts';

@Module({
  controllers: [AuditController, GrantsController, TokensController],
  providers: [FirstOwner, GrantStore, Retention, SubjectStore, TokenStore],
})
export class AppModule {
  static forRoot(service: StartedService<AccessConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), AuditOutboxModule],
    };
  }
}
