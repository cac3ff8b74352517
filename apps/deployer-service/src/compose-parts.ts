import {
  AuditAnchor,
  AuditStream,
  OwnTrail,
  type BusConnection,
  type BusOptions,
  type EventBus,
  type RpcCaller,
} from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';
import type { Redactor } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { ListAudit } from './audit/list-audit.ts';
import { Trails } from './audit/trails.ts';
import { VerifyAudit } from './audit/verify-audit.ts';
import { Background } from './background.ts';
import { ClusterConnections } from './clusters/cluster-connections.ts';
import { composeWorker } from './compose-worker.ts';
import type { DeployerConfig } from './config.ts';
import { DeadLetterStore } from './dead-letters/dead-letter.store.ts';
import { BeginDeployment } from './deployments/begin-deployment.ts';
import { BeginStore } from './deployments/begin.store.ts';
import { CancelDeployment } from './deployments/cancel-deployment.ts';
import { DeploymentStore } from './deployments/deployment.store.ts';
import { DesiredStateCipher } from './deployments/desired-state.ts';
import { EndRequestStore } from './deployments/end-request.store.ts';
import { GetDeployment } from './deployments/get-deployment.ts';
import { LastEnvironment } from './deployments/last-environment.ts';
import { ListDeploymentEvents } from './deployments/list-deployment-events.ts';
import { ProgressStore } from './deployments/progress.store.ts';
import { StartDeployment } from './deployments/start-deployment.ts';
import { ApplyEnvmap } from './envmap/apply-envmap.ts';
import { GetHistory } from './history/get-history.ts';
import { Rollback } from './history/rollback.ts';
import { Housekeeping } from './housekeeping.ts';
import { houseKeeperOf } from './retention/chores.store.ts';
import { composeRelay } from './outbox/compose-relay.ts';
import { OutboxStore } from './outbox/outbox.store.ts';
import { GetPlan } from './plans/get-plan.ts';
import { PlanStore } from './plans/plan.store.ts';
import { ListPods } from './pods/list-pods.ts';
import { StackObserver } from './live/stack-observer.ts';
import { CompileProject } from './stacks/compile-project.ts';
import { DeployStack } from './stacks/deploy-stack.ts';
import { PlanStack } from './stacks/plan-stack.ts';
import { RedeployStack } from './stacks/redeploy-stack.ts';
import { RemoveStack } from './stacks/remove-stack.ts';
import { ShowStacks } from './stacks/show-stacks.ts';
import { StackContents } from './stacks/stack-contents.ts';
import { StackStore } from './stacks/stack.store.ts';
import { PrepareUpdate } from './stacks/prepare-update.ts';
import { InstallationStore } from './store/installation.store.ts';
import { ChangeService } from './services/change-service.ts';
import type { Database } from './store/database.store.ts';

export interface Resources {
  readonly config: DeployerConfig;
  readonly bus: BusOptions;
  readonly database: Database;
  readonly trail: AuditTrail;
  readonly logger: Logger;
  readonly redactor: Redactor;
}

export interface Bus {
  readonly connection: BusConnection;
  readonly events: EventBus;
  readonly caller: RpcCaller;
}

/** What requests and workers share. */
function composeShared({ config, database, trail, logger, redactor }: Resources, bus: Bus) {
  const outbox = new OutboxStore(database);
  // This process; new at each start.
  const owner = randomUUID();
  const { connection, events, caller } = bus;
  const cipher = new DesiredStateCipher(config.USHADOW_KEYS);
  const deployments = new DeploymentStore(database);
  const stream = new AuditStream(connection, events, trail.service);
  const anchor = new AuditAnchor({ trail, stream, isOpen: () => connection.isConnected(), logger });
  return {
    outbox,
    redact: (text: string) => redactor.text(text),
    cipher,
    deployments,
    stacks: new StackStore(database),
    contents: new StackContents(deployments, cipher),
    installation: new InstallationStore(database),
    progress: new ProgressStore(database),
    plans: new PlanStore(database),
    anchor,
    trails: new Trails(new OwnTrail(trail, stream, logger), caller),
    letters: new DeadLetterStore(database),
    owner,
    clusters: new ClusterConnections({ caller, redactor, userAgent: `ushadow-deployer/${owner}` }),
    relay: composeRelay({ database, bus: events, connection, logger, trail, stream, anchor }),
  };
}

/** Everything the service is made of, put together once. */
export function composeParts(resources: Resources, bus: Bus) {
  const { config, database, trail, logger } = resources;
  const { connection, events, caller } = bus;
  const shared = composeShared(resources, bus);
  const { cipher, deployments: store, plans, progress, trails, anchor, clusters, relay, redact } = shared;
  const { stacks, contents, installation } = shared;
  const compile = new CompileProject(caller);
  const updates = new PrepareUpdate({ compile, contents, deployments: store, stacks, clusters });
  const engine = { cipher, stacks, installation };
  const begin = new BeginDeployment({ store: new BeginStore(database, trail), cipher, relay, bus: events });
  const observer = new StackObserver({ ...engine, clusters, deployments: store, logger });
  const ofStack = { stacks, contents, begin };
  const worker = config.WORKER_CONCURRENCY === 0 ? undefined : composeWorker(resources, bus, shared);
  const retention = { keepRevisions: config.KEEP_REVISIONS, keepDays: config.KEEP_DAYS };
  const onFailure = (chore: string, error: unknown) => logger.warn({ chore, err: error }, 'could not keep house');
  const housekeeping = new Housekeeping({
    logger,
    keeper: houseKeeperOf(database, retention, { onFailure }),
  });
  return {
    deployments: store,
    deadLetters: shared.letters,
    outbox: shared.outbox,
    stacks,
    planStack: new PlanStack({
      ...engine,
      ...{ updates, clusters, deployments: store, plans, redact },
      lifeSeconds: config.PLAN_SECONDS,
    }),
    getPlan: new GetPlan(plans, cipher),
    deployStack: new DeployStack({ updates, plans, begin, cipher }),
    redeployStack: new RedeployStack(ofStack),
    removeStack: new RemoveStack({ ...ofStack, deployments: store }),
    showStacks: new ShowStacks({ stacks, contents, deployments: store, observer, cipher }),
    startDeployment: new StartDeployment({ compile, updates, begin }),
    cancelDeployment: new CancelDeployment({ store: new EndRequestStore(database, trail), bus: events, relay }),
    getDeployment: new GetDeployment(store),
    listDeploymentEvents: new ListDeploymentEvents(store, progress),
    lastEnvironment: new LastEnvironment(store),
    getHistory: new GetHistory(store, stacks),
    rollback: new Rollback({ ...ofStack, store }),
    changeService: new ChangeService(ofStack),
    listAudit: new ListAudit(trails),
    verifyAudit: new VerifyAudit(trails),
    applyEnvmap: new ApplyEnvmap({ ...ofStack, caller, deployments: store }),
    listPods: new ListPods(clusters, caller),
    background: new Background({ relay, anchor, worker, housekeeping, clusters, connection, bus: events }),
  };
}

export type Shared = ReturnType<typeof composeShared>;
export type Parts = ReturnType<typeof composeParts>;
