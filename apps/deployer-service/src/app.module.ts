import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceModule, type StartedService } from '@ushadow/service';
import { Background } from './background.ts';
import type { DeployerConfig } from './config.ts';
import { Database } from './store/database.store.ts';
import { AuditModule } from './audit/audit.module.ts';
import { ClustersModule } from './clusters/clusters.module.ts';
import { DeadLettersModule } from './dead-letters/dead-letters.module.ts';
import { DeploymentsModule } from './deployments/deployments.module.ts';
import { ChangesModule } from './changes/changes.module.ts';
import { DriftModule } from './drift/drift.module.ts';
import { EnvmapModule } from './envmap/envmap.module.ts';
import { HistoryModule } from './history/history.module.ts';
import { ManifestsModule } from './manifests/manifests.module.ts';
import { OutboxModule } from './outbox/outbox.module.ts';
import { PlansModule } from './plans/plans.module.ts';
import { PodsModule } from './pods/pods.module.ts';
import { RunsModule } from './runs/runs.module.ts';
import { RegistryModule } from './registry/registry.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { ServicesModule } from './services/services.module.ts';
import { StacksModule } from './stacks/stacks.module.ts';
import { WorkerModule } from './worker/worker.module.ts';

/** What is asked of the service, module by module. */
const requests = [
  AuditModule,
  ChangesModule,
  DeadLettersModule,
  DeploymentsModule,
  DriftModule,
  EnvmapModule,
  HistoryModule,
  ManifestsModule,
  PlansModule,
  PodsModule,
  RegistryModule,
  RunsModule,
  ServicesModule,
  StacksModule,
];

/** What goes on beside requests. */
const background = [ClustersModule, OutboxModule, RetentionModule, WorkerModule];

@Module({})
export class AppModule {
  static forRoot(service: StartedService<DeployerConfig, Database>): DynamicModule {
    return {
      module: AppModule,
      imports: [ServiceModule.forRoot(service, Database), ...requests, ...background],
      providers: [Background],
    };
  }
}
