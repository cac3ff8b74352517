import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerContext } from '../context.ts';
import { freePort, portOr } from '../process/free-port.ts';
import { startTied } from '../process/tied-process.ts';
import type { TiedProcess } from '../process/tied-process.ts';
import { untilReady } from '../process/until-ready.ts';
import { findProgram } from '../programs/find-program.ts';
import { withStep } from '../progress.ts';
import { apiClient } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import { etcdArguments } from './arguments/etcd.ts';
import { apiserverArguments } from './arguments/kube-apiserver.ts';
import { controllerManagerArguments, schedulerArguments } from './arguments/control-loops.ts';
import { kwokArguments } from './arguments/kwok.ts';
import { prepareCredentials, readServerCertificate } from './credentials.ts';
import { controlPlaneLayout } from './layout.ts';
import type { ControlPlaneLayout } from './layout.ts';
import { kubeconfig } from './kubeconfig.ts';
import { seedObjects } from './seed-objects.ts';

export type ControlPlaneOptions = {
  /** Holds certificates, etcd's data and logs; a second start in the same folder continues the same cluster. */
  readonly directory: string;
  /** Name of the cluster in the kubeconfig. */
  readonly name: string;
  /** Preferred port of the API server; another one is taken when somebody has it. Any free port by default. */
  readonly port?: number;
  /** Simulated nodes. */
  readonly nodes?: number;
  /** Static volumes of the default StorageClass, so that claims bind. */
  readonly volumes?: number;
};

/** A real Kubernetes control plane on loopback whose nodes and pods are simulated by KWOK. */
export type ControlPlane = {
  readonly server: string;
  /** File with cluster-admin credentials. */
  readonly kubeconfig: string;
  /** One JSON line per answered request, level Metadata. */
  readonly auditLog: string;
  /** Kills one of its servers and starts it again on the same port and data; resolves when the API answers. */
  readonly restart: (server: 'etcd' | 'kube-apiserver') => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Programs named by `KUBEBUILDER_ASSETS` or `USHADOW_TOOLS_BIN`, on PATH, in the cache, else built by Go. */
export async function startControlPlane(context: ServerContext, options: ControlPlaneOptions): Promise<ControlPlane> {
  const programs = await findPrograms(context);
  return withStep(context.progress, `starting the Kubernetes control plane "${options.name}"`, () =>
    launch(programs, context, options),
  );
}

type Programs = Record<'etcd' | 'apiserver' | 'controllerManager' | 'scheduler' | 'kwok', string>;

/** One after the other: two builds at once would only fight for the processor. */
async function findPrograms(context: ServerContext): Promise<Programs> {
  return {
    etcd: await findProgram('etcd', context),
    kwok: await findProgram('kwok', context),
    apiserver: await findProgram('kube-apiserver', context),
    controllerManager: await findProgram('kube-controller-manager', context),
    scheduler: await findProgram('kube-scheduler', context),
  };
}

async function launch(programs: Programs, context: ServerContext, options: ControlPlaneOptions): Promise<ControlPlane> {
  const layout = controlPlaneLayout(options.directory);
  await mkdir(layout.logs, { recursive: true, mode: 0o700 });
  const token = await prepareCredentials(layout);
  /** In the order of their start. */
  const started = new Map<string, TiedProcess>();
  const starts = new Map<string, () => TiedProcess>();
  const run = (name: string, program: string, args: readonly string[], graceSeconds = 3): TiedProcess => {
    const start = (): TiedProcess =>
      startTied({ program, args, logFile: join(layout.logs, `${name}.log`), graceSeconds });
    starts.set(name, start);
    const child = start();
    started.set(name, child);
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of [...started.values()].reverse()) await child.stop();
    started.clear();
  };
  const restart = async (name: string): Promise<TiedProcess | undefined> => {
    const former = started.get(name);
    former?.signal('KILL');
    await former?.exited;
    const child = starts.get(name)?.();
    if (child) started.set(name, child);
    return started.get('kube-apiserver');
  };
  try {
    const [etcdPort, peerPort] = [await freePort(), await freePort()];
    run('etcd', programs.etcd, etcdArguments(layout, etcdPort, peerPort));
    const port = options.port === undefined ? await freePort() : await portOr(options.port);
    // An API server waits a minute for its watches to end; nobody else should.
    const apiserver = run('kube-apiserver', programs.apiserver, apiserverArguments(layout, port, etcdPort), 1);
    const server = `https://127.0.0.1:${port}`;
    const api = await untilApiReady({ server, token, apiserver, layout });
    const admin = kubeconfig({ name: options.name, server, token, certificate: await readServerCertificate(layout) });
    await writeFile(layout.kubeconfig, admin, { mode: 0o600 });
    run('kube-controller-manager', programs.controllerManager, controllerManagerArguments(layout));
    run('kube-scheduler', programs.scheduler, schedulerArguments(layout));
    await seedObjects(api, { nodes: options.nodes ?? 1, volumes: options.volumes ?? 40 });
    run('kwok', programs.kwok, kwokArguments(layout, join(context.root, 'tools', 'kwok', 'stages.yaml')));
    await untilUsable(api, [...started.values()], options.nodes ?? 1);
    return {
      server,
      kubeconfig: layout.kubeconfig,
      auditLog: layout.auditLog,
      restart: async (name) => {
        const running = await restart(name);
        if (running) await untilApiReady({ server, token, apiserver: running, layout });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type ApiReady = {
  readonly server: string;
  readonly token: string;
  readonly apiserver: TiedProcess;
  readonly layout: ControlPlaneLayout;
};

async function untilApiReady({ server, token, apiserver, layout }: ApiReady): Promise<ApiClient> {
  const connect = async (): Promise<ApiClient> =>
    apiClient({ server, token, certificate: await readServerCertificate(layout) });
  const probe = async (): Promise<boolean> => (await (await connect()).get('/readyz')).status === 200;
  await untilReady({ name: 'kube-apiserver', process: apiserver, probe, timeoutMs: 90_000, pollMs: 100 });
  return connect();
}

/** Ready for a first deploy: nodes are Ready and the default namespace has the service account that pods need. */
async function untilUsable(api: ApiClient, started: readonly TiedProcess[], nodes: number): Promise<void> {
  const kwok = started.at(-1);
  if (!kwok) return;
  const probe = async (): Promise<boolean> => {
    const account = await api.get('/api/v1/namespaces/default/serviceaccounts/default');
    return account.status === 200 && countReady((await api.get('/api/v1/nodes')).body) >= nodes;
  };
  await untilReady({ name: 'the cluster', process: kwok, probe, timeoutMs: 60_000, pollMs: 100 });
}

type NodeList = { readonly items?: readonly { readonly status?: { readonly conditions?: readonly Condition[] } }[] };
type Condition = { readonly type: string; readonly status: string };

function countReady(body: unknown): number {
  const { items = [] } = body as NodeList;
  return items.filter((node) =>
    node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
  ).length;
}
