import { Module } from '@nestjs/common';
import { AuditTrail } from '@ushadow/postgres';
import { CONFIG } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { Database } from '../store/database.store.ts';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { ManifestExportModule } from '../manifests/manifest-export.module.ts';
import { OutboxModule } from '../outbox/outbox.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { EngineRuns } from './run/engine-runs.ts';
import { DeploymentSteps } from './run/deployment-steps.ts';
import { FinishDeployment } from './finish/finish-deployment.ts';
import { LeaseStore } from './lease/lease.store.ts';
import { ProgressReport } from './run/progress-report.ts';
import { RecordDeadLetter } from '../dead-letters/record-dead-letter.ts';
import { ReplacePlan } from '../plans/replace-plan.ts';
import { RunDeployment } from './run/run-deployment.ts';
import { SettleStore } from './settle/settle.store.ts';
import { SettleUnknown } from './settle/settle-unknown.ts';
import { Sweeper } from './lease/sweeper.ts';
import { RequeueStore } from './lease/requeue.store.ts';
import { Worker } from './worker.ts';

/** What takes deployments from the queue to their verdicts. */
@Module({
  imports: [ClustersModule, ManifestExportModule, OutboxModule, StoreModule, UpdatesModule],
  providers: [
    EngineRuns,
    DeploymentSteps,
    FinishDeployment,
    {
      provide: LeaseStore,
      useFactory: (database: Database, trail: AuditTrail, { LEASE_SECONDS, CLUSTER_CONCURRENCY }: DeployerConfig) =>
        new LeaseStore(database, { seconds: LEASE_SECONDS, perCluster: CLUSTER_CONCURRENCY }, trail),
      inject: [Database, AuditTrail, CONFIG],
    },
    ProgressReport,
    RecordDeadLetter,
    ReplacePlan,
    RunDeployment,
    SettleStore,
    SettleUnknown,
    Sweeper,
    {
      provide: RequeueStore,
      useFactory: (database: Database, { LEASE_SECONDS }: DeployerConfig) => new RequeueStore(database, LEASE_SECONDS),
      inject: [Database, CONFIG],
    },
    Worker,
  ],
  exports: [Worker],
})
export class WorkerModule {}
