import type { Client, ClusterData, DeploymentData } from '@ushadow/contracts';
import {
  natsFor,
  startServices,
  testCluster,
  testDatabase,
  testNamespace,
  type RunningSystem,
  type StartServicesOptions,
  type TestCluster,
  type TestDatabase,
  type TestNamespace,
} from '@ushadow/testing';
import { composeDirectory, follow, gatewayClient, toBase64, type Followed } from './gateway.ts';

/** A running system with one registered cluster and a namespace of its own in it. */
export interface TestSystem {
  readonly cluster: TestCluster;
  readonly namespace: TestNamespace;
  readonly database: TestDatabase;
  readonly system: RunningSystem;
  readonly client: Client;
  readonly registered: ClusterData;
  readonly stop: () => Promise<void>;
}

export async function startSystem(
  testFile: string,
  prefix: string,
  options: Pick<StartServicesOptions, 'env'> & {
    readonly compose?: string;
    /** The one to register, led through something of the test's own. */
    readonly kubeconfig?: (given: string) => Promise<string>;
  } = {},
): Promise<TestSystem> {
  const cluster = await testCluster();
  const namespace = await testNamespace(cluster, prefix);
  const database = await testDatabase();
  const natsUrl = (await natsFor(testFile)).url;
  const { compose = composeDirectory, env = {} } = options;
  const system = await startServices({ database, natsUrl, composeDirectory: compose, env });
  const client = gatewayClient(system.gatewayUrl);
  const kubeconfig = toBase64((await options.kubeconfig?.(cluster.kubeconfig)) ?? cluster.kubeconfig);
  const registered = await client.registerCluster({ name: 'bench', kubeconfig, namespace: namespace.name });
  const stop = async (): Promise<void> => {
    await system.stop();
    await database.drop();
    await namespace.delete();
  };
  return { cluster, namespace, database, system, client, registered, stop };
}

/** Deploys one service and follows it to its verdict. */
export async function deploy(
  { client, registered, system }: TestSystem,
  input: Omit<Parameters<Client['startDeployment']>[0], 'cluster_id'>,
): Promise<Followed> {
  const started = await client.startDeployment({ cluster_id: registered.cluster_id, ...input });
  return follow(system.gatewayUrl, started.deployment_id);
}

/** Deploys a project, or some of its services, into the test's namespace unless told otherwise, to its verdict. */
export async function deployStack(
  { client, registered, namespace, system }: TestSystem,
  project: string,
  input: Omit<Parameters<Client['deployStack']>[0], 'cluster_id' | 'project'> = {},
): Promise<Followed> {
  const place = { cluster_id: registered.cluster_id, project };
  const inside = input.plan_id === undefined ? { namespace: namespace.name } : {};
  const started = await client.deployStack({ ...place, ...inside, ...input });
  return follow(system.gatewayUrl, started.deployment_id);
}

/** Waits until a deployment has got to a stage. */
export async function untilStage({ system }: TestSystem, deploymentId: string, stage: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    follow(system.gatewayUrl, deploymentId, {
      seen: (event) => {
        if (event.type === 'stage.started' && event.data['stage'] === stage) resolve();
      },
    }).then(() => {
      reject(new Error(`it ended without ${stage}`));
    }, reject);
  });
}

/** The verdict of a deployment that was begun. */
export async function ended({ system }: TestSystem, deployment: { deployment_id: string }): Promise<DeploymentData> {
  return (await follow(system.gatewayUrl, deployment.deployment_id)).deployment;
}

interface LiveObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
}

/** An object as the API server has it; undefined when there is none. */
export async function live(
  { cluster, namespace }: TestSystem,
  kind: string,
  name: string,
): Promise<LiveObject | undefined> {
  const { status, body } = await cluster.api.get(pathOf(namespace.name, kind, name));
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`${kind}/${name}: ${String(status)}`);
  return body as LiveObject;
}

const groups: Readonly<Record<string, string>> = {
  deployments: '/apis/apps/v1',
  statefulsets: '/apis/apps/v1',
  ingresses: '/apis/networking.k8s.io/v1',
  jobs: '/apis/batch/v1',
};

export function pathOf(namespace: string, kind: string, name: string): string {
  return `${groups[kind] ?? '/api/v1'}/namespaces/${namespace}/${kind}/${name}`;
}

/** Writes of ours to a namespace so far, by the API server's own log; dry runs are none. */
export async function writesTo({ cluster, namespace }: TestSystem): Promise<string[]> {
  const audit = (await cluster.audit()) ?? [];
  return audit
    .filter(
      ({ objectRef, userAgent, verb, requestURI }) =>
        objectRef?.namespace === namespace.name &&
        userAgent?.startsWith('ushadow') === true &&
        ['create', 'update', 'patch', 'delete'].includes(verb) &&
        !requestURI.includes('dryRun=All') &&
        !requestURI.includes('/apis/authorization.k8s.io/'),
    )
    .map(({ verb, objectRef }) => `${verb} ${objectRef?.resource ?? ''}/${objectRef?.name ?? ''}`);
}

/** Runs a statement as the database's superuser, from outside the services. */
export async function sql<T extends object>(
  database: TestDatabase,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}
