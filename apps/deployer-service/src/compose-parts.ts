import { ListAudit } from './audit/list-audit.ts';
import { VerifyAudit } from './audit/verify-audit.ts';
import { Background } from './background.ts';
import { composeWorker } from './compose-worker.ts';
import { BeginDeployment } from './deployments/begin-deployment.ts';
import { BeginStore } from './deployments/begin.store.ts';
import { CancelDeployment } from './deployments/cancel-deployment.ts';
import { EndRequestStore } from './deployments/end-request.store.ts';
import { GetDeployment } from './deployments/get-deployment.ts';
import { LastEnvironment } from './deployments/last-environment.ts';
import { ListDeploymentEvents } from './deployments/list-deployment-events.ts';
import { StartDeployment } from './deployments/start-deployment.ts';
import { ApplyEnvmap } from './envmap/apply-envmap.ts';
import { GetHistory } from './history/get-history.ts';
import { Rollback } from './history/rollback.ts';
import { Housekeeping } from './housekeeping.ts';
import { houseKeeperOf } from './retention/chores.store.ts';
import { GetPlan } from './plans/get-plan.ts';
import { ListPods } from './pods/list-pods.ts';
import { StackObserver } from './live/stack-observer.ts';
import { composeShared, type Bus, type Resources } from './compose-shared.ts';
import { CompileProject } from './stacks/compile-project.ts';
import { DeployStack } from './stacks/deploy-stack.ts';
import { PlanStack } from './stacks/plan-stack.ts';
import { RedeployStack } from './stacks/redeploy-stack.ts';
import { RemoveStack } from './stacks/remove-stack.ts';
import { ShowStacks } from './stacks/show-stacks.ts';
import { PrepareUpdate } from './stacks/prepare-update.ts';
import { ChangeService } from './services/change-service.ts';

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

export type Parts = ReturnType<typeof composeParts>;
