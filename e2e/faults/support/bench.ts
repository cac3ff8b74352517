import { DomainError, events, operations, type InputOf, type ProgressEventData } from '@ushadow/contracts';
import { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import {
  apiProxy,
  busOf,
  natsFor,
  optionalTestVariable,
  startServices,
  testCluster,
  testDatabase,
  type ApiProxy,
  type RunningSystem,
  type TestDatabase,
} from '@ushadow/testing';
import type { ServiceName } from '@ushadow/testing/services';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AuditTail } from './audit-tail.ts';
import { ClusterWitness } from './cluster-witness.ts';
import { ComposeApp, STACK, type Revision, type StackRevision } from './compose-app.ts';
import { LEASE_SECONDS, seed } from './settings.ts';
import { StoreView, type DeploymentRow } from './store-view.ts';
import { StreamArchive } from './stream-archive.ts';
import { until } from './until.ts';
import { WorkerPool, type EnvironmentOf } from './worker-pool.ts';

export interface BenchOptions {
  /** `import.meta.url` of the test. */
  readonly testFile: string;
  readonly workers?: number;
  /** The services beside the workers; those that a deployment needs unless told. */
  readonly services?: readonly ServiceName[];
  /** Servers of the test's own in place of the shared ones. */
  readonly database?: TestDatabase;
  readonly natsUrl?: string;
  readonly kubeconfig?: string;
  readonly auditLog?: string;
  /** Extra environment of the nth worker. */
  readonly workerEnv?: EnvironmentOf;
}

export interface DeployInput {
  readonly namespace: string;
  readonly service?: 'web' | 'once';
  readonly host?: string;
  readonly deadlineSeconds?: number;
  /** In place of the one that is under way. */
  readonly supersede?: boolean;
}

export interface StackInput extends Pick<DeployInput, 'namespace' | 'deadlineSeconds' | 'supersede'> {
  /** All of them unless told. */
  readonly services?: readonly string[];
}

const ENDED = ['succeeded', 'failed', 'unknown', 'cancelled', 'superseded'];
const ACTOR = 'fault-test';
/** Longer than any stop of the database. */
const ACCEPTED_MS = 60_000;

/** The product as processes, on real servers, with the fault proxy before the API server, and what looks at it all. */
export class Bench {
  readonly api: ApiProxy;
  readonly app: ComposeApp;
  readonly system: RunningSystem;
  readonly workers: WorkerPool;
  readonly store: StoreView;
  readonly witness: ClusterWitness;
  readonly audit: AuditTail | undefined;
  readonly bus: BusConnection;
  /** What the streams have held. */
  readonly archive: StreamArchive;
  readonly caller: RpcCaller;
  readonly live: EventBus;
  readonly clusterId: string;
  readonly #database: TestDatabase;
  readonly #testFile: string;
  readonly #namespaces: string[] = [];

  private constructor(parts: {
    api: ApiProxy;
    app: ComposeApp;
    system: RunningSystem;
    workers: WorkerPool;
    store: StoreView;
    witness: ClusterWitness;
    audit: AuditTail | undefined;
    bus: BusConnection;
    clusterId: string;
    database: TestDatabase;
    testFile: string;
  }) {
    this.api = parts.api;
    this.app = parts.app;
    this.system = parts.system;
    this.workers = parts.workers;
    this.store = parts.store;
    this.witness = parts.witness;
    this.audit = parts.audit;
    this.bus = parts.bus;
    this.archive = new StreamArchive(parts.bus);
    this.caller = new RpcCaller(parts.bus);
    this.live = new EventBus(parts.bus);
    this.clusterId = parts.clusterId;
    this.#database = parts.database;
    this.#testFile = parts.testFile;
  }

  static async start(options: BenchOptions): Promise<Bench> {
    const kubeconfig = options.kubeconfig ?? (await testCluster()).kubeconfig;
    const api = await apiProxy(kubeconfig);
    const app = await ComposeApp.create(`canary-${randomBytes(8).toString('hex')}`);
    await app.write({ greeting: 'hello' });
    const database = options.database ?? (await testDatabase());
    const natsUrl = options.natsUrl ?? (await natsFor(options.testFile)).url;
    const deployerEnv = { LEASE_SECONDS: String(LEASE_SECONDS) };
    const system = await startServices({
      database,
      natsUrl,
      composeDirectory: app.directory,
      only: options.services ?? ['cluster-service', 'compiler-service', 'deployer-service'],
      env: {
        // Its looks at the cluster would be counted among the deployer's calls.
        'cluster-service': { STATUS_INTERVAL_SECONDS: '0' },
        'deployer-service': { ...deployerEnv, WORKER_CONCURRENCY: '0' },
      },
    });
    const workers = new WorkerPool(system, (worker) => ({ ...deployerEnv, ...options.workerEnv?.(worker) }));
    const store = new StoreView(database.adminUrl);
    const bus = new BusConnection(busOf(natsUrl, 'gateway', { asAdmin: true }));
    try {
      await store.watch();
      bus.onApplicationBootstrap();
      await bus.opened();
      await workers.fill(options.workers ?? 2);
      const auditLog = options.auditLog ?? optionalTestVariable('auditLog');
      const audit = auditLog === undefined ? undefined : new AuditTail(auditLog);
      await audit?.skip();
      const registered = await new RpcCaller(bus).call(
        operations.registerCluster,
        { name: 'bench', kubeconfig: Buffer.from(api.kubeconfig).toString('base64') },
        { requestId: 'register', actor: ACTOR },
      );
      const witness = new ClusterWitness(kubeconfig, system.settings.keys['deployer-service']);
      const clusterId = registered.cluster_id;
      const { testFile } = options;
      return new Bench({ api, app, system, workers, store, witness, audit, bus, clusterId, database, testFile });
    } catch (error) {
      await bus.onApplicationShutdown();
      await workers.stop();
      await system.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#keepLogs();
    this.api.setRule(undefined);
    this.store.close();
    await this.bus.onApplicationShutdown();
    await this.workers.stop();
    await this.system.stop();
    await this.api.close();
    // A cluster of the run's own goes away as a whole: hundreds of removals would only hold up the other schedules.
    if (this.audit === undefined)
      for (const namespace of this.#namespaces) await this.witness.removeNamespace(namespace);
    await this.witness.close();
    await this.app.remove();
    await this.#database.drop();
  }

  /** For whoever looks into a violation: what the processes wrote, in the folder that USHADOW_FAULTS_LOGS names. */
  async #keepLogs(): Promise<void> {
    const folder = process.env['USHADOW_FAULTS_LOGS'];
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    const name = basename(fileURLToPath(this.#testFile), '.ts');
    await writeFile(join(folder, `${name} seed ${seed}.log`), this.system.logs() + this.workers.output());
  }

  /** The name of a namespace of this bench's own, which the first deployment makes. */
  newNamespace(): string {
    const name = `faults-${randomBytes(4).toString('hex')}`;
    this.#namespaces.push(name);
    return name;
  }

  get namespaces(): readonly string[] {
    return this.#namespaces;
  }

  /** Accepts a deployment of a revision; gives its id at once. */
  async deploy(revision: Revision, input: DeployInput): Promise<string> {
    await this.app.write(revision);
    const { namespace, service = 'web', host, deadlineSeconds = 60, supersede = false } = input;
    const request: InputOf<typeof operations.startDeployment> = {
      cluster_id: this.clusterId,
      service_id: `app:${service}`,
      namespace,
      deadline_seconds: deadlineSeconds,
      supersede,
      ...(host === undefined ? {} : { k8s_spec: { ingress: { enabled: true, host } } as never }),
    };
    const context = { requestId: `deploy ${namespace}`, actor: ACTOR };
    const tries = new Tries();
    const start = (): Promise<string | undefined> =>
      this.caller.call(operations.startDeployment, request, context).then(({ deployment_id: id }) => id, tries.idAfter);
    // A worker that its database has been kept from answers requests too; the user is told to try again, and does.
    return until(`an accepted deployment in ${namespace}`, start, ACCEPTED_MS);
  }

  /** Accepts a deployment of the stack, or of some of its services; gives its id at once. */
  async deployStack(revision: StackRevision, input: StackInput): Promise<string> {
    await this.app.writeStack(revision);
    const { namespace, services, deadlineSeconds = 60, supersede = false } = input;
    const request: InputOf<typeof operations.deployStack> = {
      ...{ cluster_id: this.clusterId, project: STACK, namespace, supersede, deadline_seconds: deadlineSeconds },
      ...(services === undefined ? {} : { services: [...services] }),
    };
    const deployment = await this.caller.call(operations.deployStack, request, {
      requestId: `deploy ${STACK} ${namespace}`,
      actor: ACTOR,
    });
    return deployment.deployment_id;
  }

  /** The same, and waits for success. */
  async succeedStack(revision: StackRevision, input: StackInput): Promise<DeploymentRow> {
    return this.#succeeded(await this.deployStack(revision, input));
  }

  /** Accepts the removal of a stack. */
  async removeStack(stackId: string): Promise<string> {
    const context = { requestId: `remove ${stackId}`, actor: ACTOR };
    const deployment = await this.caller.call(operations.removeStack, { stack_id: stackId }, context);
    return deployment.deployment_id;
  }

  /** Waits for the verdict. */
  async ended(id: string, timeoutMs = 60_000): Promise<DeploymentRow> {
    return until(
      `the verdict on ${id}`,
      async () => {
        const row = await this.store.deployment(id);
        return ENDED.includes(row.status) ? row : undefined;
      },
      timeoutMs,
    );
  }

  /** Deploys and waits for success. */
  async succeed(revision: Revision, input: DeployInput): Promise<DeploymentRow> {
    return this.#succeeded(await this.deploy(revision, input));
  }

  async #succeeded(id: string): Promise<DeploymentRow> {
    const row = await this.ended(id);
    if (row.status !== 'succeeded') throw new Error(`expected a success, got ${JSON.stringify(row.verdict)}`);
    return row;
  }

  /** Hears the live events of all deployments until the returned function is called. */
  hear(heard: (event: ProgressEventData) => void): () => void {
    return this.live.listen(events.deploymentProgressed, '*', heard);
  }
}

/** What a user does while the database is away: try again, and look for what may have been stored. */
class Tries {
  #isDoubtful = false;

  /** The id of what is there, undefined to try again. */
  readonly idAfter = (error: unknown): string | undefined => {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'STORE_UNAVAILABLE') return undefined;
    if (error.code === 'OUTCOME_UNKNOWN' || error.code === 'DEADLINE_EXCEEDED') {
      this.#isDoubtful = true;
      return undefined;
    }
    if (this.#isDoubtful && error.code === 'DEPLOYMENT_IN_PROGRESS')
      return (error.details as { readonly deployment_id: string }).deployment_id;
    throw error;
  };
}
