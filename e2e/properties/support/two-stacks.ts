import type { Client, DeploymentData } from '@ushadow/contracts';
import { randomBytes } from 'node:crypto';
import { AuditTail } from '../../faults/support/audit-tail.ts';
import { toBase64 } from '../../support/gateway.ts';
import { ended, type TestSystem } from '../../support/system.ts';
import { lookAt, RESOURCES, type Seen } from '../../support/look.ts';
import { expected, NOTHING, type StackState } from './model.ts';
import { composeText, firstFiles, type Files } from './project.ts';
import type { Foreign, Holder } from './steps.ts';

/** A project in a namespace. */
export interface Place {
  readonly project: string;
  readonly namespace: string;
  stackId: string | undefined;
  state: StackState;
  /** The whole as it was left by each revision that one can go back to. */
  readonly revisions: Map<number, StackState>;
}

export type Look = ReadonlyMap<string, Seen>;

const HELM = { 'meta.helm.sh/release-name': 'theirs', 'meta.helm.sh/release-namespace': 'elsewhere' };

/** Two projects that call most things alike, in two namespaces where others are, too. */
export class TwoStacks {
  readonly places: readonly Place[];
  readonly files = new Map<string, Files>();
  /** By namespace and `Kind/name`: who holds what the projects may want. */
  readonly foreign = new Map<string, Map<string, Holder>>();
  readonly trace: string[] = [];
  readonly #test: TestSystem;
  readonly #word: string;
  readonly #audit: AuditTail | undefined;

  private constructor(test: TestSystem, auditLog: string | undefined) {
    this.#test = test;
    this.#word = `two-${randomBytes(4).toString('hex')}`;
    this.#audit = auditLog === undefined ? undefined : new AuditTail(auditLog);
    const place = (project: string, namespace: string): Place => ({
      ...{ project, namespace: `${this.#word}-${namespace}`, stackId: undefined },
      ...{ state: NOTHING, revisions: new Map() },
    });
    this.places = ['here', 'there'].flatMap((namespace) => [place('red', namespace), place('blue', namespace)]);
  }

  static async start(test: TestSystem, auditLog: string | undefined, foreign: Foreign): Promise<TwoStacks> {
    const made = new TwoStacks(test, auditLog);
    for (const [index, namespace] of made.namespaces.entries()) {
      await made.#moveIn(namespace, foreign[index] ?? [undefined, undefined]);
    }
    for (const project of ['red', 'blue']) await made.upload(firstFiles(project));
    await made.#audit?.skip();
    return made;
  }

  get client(): Client {
    return this.#test.client;
  }

  get clusterId(): string {
    return this.#test.registered.cluster_id;
  }

  get namespaces(): string[] {
    return [...new Set(this.places.map(({ namespace }) => namespace))];
  }

  async upload(files: Files): Promise<void> {
    const content = toBase64(composeText(files));
    const upload = { name: files.project, files: [{ path: 'compose.yaml', content }], replace: true };
    await this.#test.client.uploadProject(upload);
    this.files.set(files.project, files);
  }

  filesOf({ project }: Place): Files {
    return this.files.get(project) ?? firstFiles(project);
  }

  foreignIn(namespace: string): Map<string, Holder> {
    return this.foreign.get(namespace) ?? new Map<string, Holder>();
  }

  verdictOf(started: DeploymentData): Promise<DeploymentData> {
    return ended(this.#test, started);
  }

  /** What is in both namespaces now, by `namespace/Kind/name`. */
  async look(): Promise<Look> {
    const looks = await Promise.all(
      this.namespaces.map(async (namespace) =>
        [...(await lookAt(this.#test.cluster, namespace))].map(([key, seen]) => [`${namespace}/${key}`, seen] as const),
      ),
    );
    return new Map(looks.flat());
  }

  /** What the product has written since the last call, by `namespace/Kind/name`; dry runs are no writes. */
  async writes(): Promise<Set<string>> {
    const entries = (await this.#audit?.read((line) => line.includes(this.#word))) ?? [];
    const written = entries.filter(
      ({ userAgent, verb, requestURI, objectRef }) =>
        userAgent?.startsWith('ushadow') === true &&
        ['create', 'update', 'patch', 'delete', 'deletecollection'].includes(verb) &&
        !requestURI.includes('dryRun=All') &&
        objectRef?.resource !== undefined &&
        !objectRef.resource.startsWith('selfsubject'),
    );
    return new Set(
      written.map(({ objectRef: { namespace = '', resource = '', name = '' } = {} }) =>
        [namespace, RESOURCES[resource]?.[1] ?? resource, name].join('/'),
      ),
    );
  }

  /** By `namespace/Kind/name`: the owner that the model says and what can be told of it. */
  wanted(): Map<string, Pick<Seen, 'owner' | 'tells'>> {
    const ours = this.places.flatMap(({ namespace, state, stackId = '' }) =>
      [...expected(state)].map(([key, tells]) => [`${namespace}/${key}`, { owner: stackId, tells }] as const),
    );
    const others = this.namespaces.flatMap((namespace) =>
      [...this.foreignIn(namespace).keys()].map((key) => [`${namespace}/${key}`, { owner: null, tells: '' }] as const),
    );
    return new Map<string, Pick<Seen, 'owner' | 'tells'>>([...ours, ...others]);
  }

  async end(): Promise<void> {
    const { api } = this.#test.cluster;
    await Promise.all(this.namespaces.map((namespace) => api.delete(`/api/v1/namespaces/${namespace}`)));
  }

  async #moveIn(namespace: string, [shared, own]: readonly [Holder, Holder]): Promise<void> {
    const { api } = this.#test.cluster;
    await api.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const holders: readonly (readonly [string, Holder])[] = [
      ['web-config', shared],
      ['blue-app-config', own],
      ['notes', 'nobody'],
      ['chart', 'helm'],
    ];
    const held = new Map<string, Holder>();
    for (const [name, holder] of holders) {
      if (holder === undefined) continue;
      const metadata = { name, ...(holder === 'helm' ? { annotations: HELM } : {}) };
      const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { by: 'hand' } };
      const { status } = await api.post(`/api/v1/namespaces/${namespace}/configmaps?fieldManager=kubectl-create`, made);
      if (status !== 201) throw new Error(`${name} in ${namespace}: ${String(status)}`);
      held.set(`ConfigMap/${name}`, holder);
    }
    this.foreign.set(namespace, held);
  }
}
