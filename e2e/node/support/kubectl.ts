import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';

/** Of a cluster whose nodes run containers; the suites are skipped without it. */
export const nodeKubeconfig = process.env.USHADOW_E2E_KUBECONFIG;

/** Runs kubectl on that cluster and gives back what it printed. @throws Error with what it said on standard error */
export function kubectl(args: readonly string[], input?: string): Promise<string> {
  const path = [process.env.USHADOW_TOOLS_BIN, process.env.PATH].filter(Boolean).join(delimiter);
  const env = { ...process.env, PATH: path, KUBECONFIG: nodeKubeconfig };
  return new Promise((done, failed) => {
    const child = execFile('kubectl', args, { env, maxBuffer: 16 << 20, timeout: 300_000 }, (error, out, errors) => {
      if (error) failed(new Error(`kubectl ${args.join(' ')}: ${errors || error.message}`));
      else done(out);
    });
    child.stdin?.end(input);
  });
}

export interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** A look at one namespace from inside its pods. */
export class Namespace {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  apply(manifests: string): Promise<string> {
    return kubectl(['apply', '--server-side', '--validate=strict', '-n', this.name, '-f', '-'], manifests);
  }

  /** Until every pod of the workload is ready. */
  async ready(workload: string): Promise<void> {
    await kubectl(['rollout', 'status', workload, '-n', this.name, '--timeout=240s']);
  }

  async waitFor(object: string, condition: string): Promise<void> {
    await kubectl(['wait', ...object.split(' '), `--for=${condition}`, '-n', this.name, '--timeout=120s']);
  }

  /** In the first container of its pod, or in another one: `deployment/web nginx`. */
  exec(workload: string, ...command: string[]): Promise<string> {
    const [object = '', container] = workload.split(' ');
    const inside = container === undefined ? [] : ['-c', container];
    return kubectl(['exec', '-n', this.name, object, ...inside, '--', ...command]);
  }

  logs(workload: string): Promise<string> {
    return kubectl(['logs', '-n', this.name, workload]);
  }

  /** How often the containers of a service's pods were started again. */
  async restarts(service: string): Promise<number> {
    const counts = await this.pods(service, '{.items[*].status.containerStatuses[*].restartCount}');
    return counts.split(' ').reduce((sum, count) => sum + Number(count), 0);
  }

  pods(service: string, jsonPath: string): Promise<string> {
    return kubectl([
      'get',
      'pods',
      '-n',
      this.name,
      '-l',
      `app.kubernetes.io/name=${service}`,
      '-o',
      `jsonpath=${jsonPath}`,
    ]);
  }

  /** All that is kept in the namespace by Compose and Kubernetes users, by kind and name: which one, and as it was last written. */
  async versions(isOne: (object: LiveObject) => boolean = () => true): Promise<Map<string, string>> {
    const kinds = 'configmaps,secrets,services,pvc,deployments,statefulsets,jobs';
    const { items } = JSON.parse(await kubectl(['get', kinds, '-n', this.name, '-o', 'json'])) as {
      items: readonly LiveObject[];
    };
    return new Map(
      items
        .filter(isOne)
        .map(({ kind, metadata }) => [`${kind}/${metadata.name}`, `${metadata.uid} ${metadata.resourceVersion}`]),
    );
  }

  /** The uids of pods by the service they are of. */
  async podUids(): Promise<Map<string, string>> {
    const { items } = JSON.parse(await kubectl(['get', 'pods', '-n', this.name, '-o', 'json'])) as {
      items: readonly LiveObject[];
    };
    const byService = Map.groupBy(items, ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] ?? '');
    return new Map([...byService].map(([name, pods]) => [name, pods.map(({ metadata }) => metadata.uid).join()]));
  }

  /** `http://ADDRESS:PORT/` of a Service, without any name to be resolved. */
  async url(service: string): Promise<string> {
    const path = '{.spec.clusterIP}:{.spec.ports[0].port}';
    return `http://${await kubectl(['get', 'service', service, '-n', this.name, '-o', `jsonpath=${path}`])}/`;
  }

  async deletePods(service: string): Promise<void> {
    await kubectl(['delete', 'pods', '-n', this.name, '-l', `app.kubernetes.io/name=${service}`]);
  }

  async remove(): Promise<void> {
    await kubectl(['delete', 'namespace', this.name, '--wait=false', '--ignore-not-found']);
  }
}
