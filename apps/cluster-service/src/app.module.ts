import { Module, type DynamicModule } from '@nestjs/common';
import { AuditOutboxModule, ServiceModule, type StartedService } from '@ushadow/service';
import { AuditController } from './audit/audit.controller.ts';
import { ClustersModule } from './clusters/clusters.module.ts';
import type { ClusterConfig } from './config.ts';
import { PullSecretsModule } from './pull-secrets/pull-secrets.module.ts';
import { SandboxModule } from './sandbox/sandbox.module.ts';
import { Database } from './store/database.store.ts';

@Module({
  imports: [ClustersModule, PullSecretsModule, SandboxModule],
  controllers: [AuditController],
})
export class AppModule {
  static forRoot(service: StartedService<ClusterConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), AuditOutboxModule],
    };
  }
}
