import type { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { generateSealKeys, type Redactor } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { Background } from './background.ts';
import { ClusterConnections } from './clusters/cluster-connections.ts';
import type { DeployerConfig } from './config.ts';
import { CompileDesired } from './deployments/compile-desired.ts';
import { DeploymentStore } from './deployments/deployment.store.ts';
import { DesiredStateCipher } from './deployments/desired-state.ts';
import { GetDeployment } from './deployments/get-deployment.ts';
import { ListDeploymentEvents } from './deployments/list-deployment-events.ts';
import { ProgressStore } from './deployments/progress.store.ts';
import { StartDeployment } from './deployments/start-deployment.ts';
import { ApplyEnvmap } from './envmap/apply-envmap.ts';
import { OutboxRelay } from './outbox/outbox-relay.ts';
import { OutboxStore } from './outbox/outbox.store.ts';
import { ListPods } from './pods/list-pods.ts';
import { SettleStore } from './settle/settle.store.ts';
import { SettleUnknown } from './settle/settle-unknown.ts';
import { Settler } from './settle/settler.ts';
import type { Database } from './store/database.store.ts';
import { LeaseStore } from './worker/lease.store.ts';
import { RunDeployment } from './worker/run-deployment.ts';
import { Sweeper } from './worker/sweeper.ts';
import { Worker } from './worker/worker.ts';

export interface Resources {
  readonly config: DeployerConfig;
  readonly database: Database;
  readonly logger: Logger;
  readonly redactor: Redactor;
}

export interface Bus {
  readonly connection: BusConnection;
  readonly events: EventBus;
  readonly caller: RpcCaller;
}

/** Everything the service is made of, put together once. */
export function composeParts({ config, database, logger, redactor }: Resources, { connection, events, caller }: Bus) {
  const keys = generateSealKeys();
  const cipher = new DesiredStateCipher(config.USHADOW_KEYS);
  const deployments = new DeploymentStore(database);
  const progress = new ProgressStore(database);
  const leaseSeconds = config.LEASE_SECONDS;
  const leases = new LeaseStore(database, leaseSeconds);
  const clusters = new ClusterConnections({ caller, keys, redactor });
  const desired = new CompileDesired(caller, keys);
  const relay = new OutboxRelay({ store: new OutboxStore(database), bus: events, connection, logger });
  const owner = randomUUID();
  const runDeployment = new RunDeployment({
    deployments,
    progress,
    leases,
    leaseSeconds,
    cipher,
    clusters,
    bus: events,
    relay,
    logger,
    redact: (text) => redactor.text(text),
    owner,
  });
  const sweeper = new Sweeper({ leases, bus: events, logger, intervalMs: (leaseSeconds * 1000) / 3 });
  const concurrency = config.WORKER_CONCURRENCY;
  const settleUnknown = new SettleUnknown({
    store: new SettleStore(database),
    ...{ cipher, clusters, bus: events, relay, logger },
    redact: (text) => redactor.text(text),
  });
  const settler =
    concurrency === 0 ? undefined : new Settler({ settleUnknown, logger, intervalMs: config.SETTLE_SECONDS * 1000 });
  const worker =
    concurrency === 0 ? undefined : new Worker({ connection, runDeployment, sweeper, concurrency, logger });
  return {
    deployments,
    startDeployment: new StartDeployment({ desired, store: deployments, relay, cipher }),
    getDeployment: new GetDeployment(deployments),
    listDeploymentEvents: new ListDeploymentEvents(deployments, progress),
    applyEnvmap: new ApplyEnvmap(clusters, caller),
    listPods: new ListPods(clusters, caller),
    background: new Background({ relay, worker, settler, clusters, connection, bus: events }),
  };
}

export type Parts = ReturnType<typeof composeParts>;
