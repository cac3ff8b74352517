import type { Bus, Resources, Shared } from './compose-shared.ts';
import { RecordDeadLetter } from './dead-letters/record-dead-letter.ts';
import { ReplacePlan } from './plans/replace-plan.ts';
import { FinishDeployment } from './worker/finish-deployment.ts';
import { LeaseStore } from './worker/lease.store.ts';
import { ProgressReport } from './worker/progress-report.ts';
import { RunDeployment } from './worker/run-deployment.ts';
import { SettleUnknown } from './worker/settle-unknown.ts';
import { SettleStore } from './worker/settle.store.ts';
import { Sweeper } from './worker/sweeper.ts';
import { WakeStore } from './worker/wake.store.ts';
import { Worker } from './worker/worker.ts';

/** What takes deployments from the queue to their verdicts; absent in a process that only answers requests. */
export function composeWorker({ config, database, trail, logger }: Resources, bus: Bus, shared: Shared): Worker {
  const { cipher, deployments, progress, plans, clusters, relay, redact, stacks, contents, installation } = shared;
  const engine = { cipher, stacks, installation };
  const leaseSeconds = config.LEASE_SECONDS;
  const leases = new LeaseStore(database, { seconds: leaseSeconds, perCluster: config.CLUSTER_CONCURRENCY }, trail);
  const wake = new WakeStore(database, leaseSeconds);
  const report = new ProgressReport(leases, bus.events);
  const replacePlan = new ReplacePlan({ plans, cipher, redact, lifeSeconds: config.PLAN_SECONDS });
  const runDeployment = new RunDeployment({
    work: { ...engine, deployments, contents, plans, progress, clusters, redact },
    finish: new FinishDeployment({ deployments, progress, leases, wake, cipher, replacePlan, report, relay, logger }),
    ...{ leases, leaseSeconds, report, logger, bus: bus.events },
    owner: shared.owner,
  });
  return new Worker({
    connection: bus.connection,
    runDeployment,
    sweeper: new Sweeper({ wake, relay, logger }),
    settleUnknown: new SettleUnknown({
      store: new SettleStore(database, trail),
      ...engine,
      ...{ deployments, contents, clusters, report, relay, logger },
    }),
    recordDeadLetter: new RecordDeadLetter(shared.letters, runDeployment),
    concurrency: config.WORKER_CONCURRENCY,
    logger,
  });
}
