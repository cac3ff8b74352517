import {
  canonicalJson,
  formatObjectId,
  KubernetesApiError,
  objectId,
  objectKey,
  parseKubeconfig,
  type JsonValue,
  type KubeObject,
  type ListTarget,
} from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { openEnvelope, parseKeyRing, type KeyRing } from '@ushadow/secrets';

const MANAGER = 'ushadow';
const SERVICE_LABEL = 'app.kubernetes.io/name';
const OURS = 'app.kubernetes.io/managed-by=ushadow';

/** Everything the application can consist of. */
const KINDS: readonly ListTarget[] = [
  ...['ConfigMap', 'Secret', 'Service', 'PersistentVolumeClaim'].map((kind) => ({ group: '', version: 'v1', kind })),
  { group: 'apps', version: 'v1', kind: 'Deployment' },
  { group: 'apps', version: 'v1', kind: 'StatefulSet' },
  { group: 'batch', version: 'v1', kind: 'Job' },
  { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' },
];

const STAMPS = new Set(['ushadow.io/deployment', 'ushadow.io/epoch', 'ushadow.io/owner']);
const SERVER_FIELDS = new Set(['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp']);

export interface Wanted {
  readonly object: KubeObject;
  /** It may be there, and otherwise than this. */
  readonly maybe: boolean;
}

/** Looks at a cluster beside the product, and asks the API server itself whether an object is what was wanted. */
export class ClusterWitness {
  readonly #cluster: KubernetesTransport;
  readonly #keys: KeyRing;
  readonly #watches: { close(): void }[] = [];

  constructor(kubeconfig: string, keys: string) {
    const parsed = parseKubeconfig(kubeconfig);
    const { ring } = parseKeyRing(keys);
    if (!parsed.ok || ring === undefined) throw new Error('the test’s kubeconfig or key cannot be read');
    this.#cluster = new KubernetesTransport(parsed.connection, { userAgent: 'fault-test' });
    this.#keys = ring;
  }

  /** What a stack wants after the deployment that has left this content. */
  objectsOf(deploymentId: string, content: string): readonly KubeObject[] {
    const binding = { recordId: deploymentId, purpose: 'stack-content' };
    const text = openEnvelope(this.#keys, binding, content).toString('utf8');
    return (JSON.parse(text) as { objects: readonly { object: KubeObject }[] }).objects.map(({ object }) => object);
  }

  /** Where the cluster is not as wanted: applying again would change something, or something of ours is left over. */
  async differences(namespace: string, wanted: readonly Wanted[]): Promise<string[]> {
    const sure = wanted.filter(({ maybe }) => !maybe);
    const changed = await Promise.all(sure.map(({ object }) => this.#difference(object)));
    const keys = new Set(wanted.map(({ object }) => objectKey(objectId(object))));
    const present = await this.#present(namespace);
    const strays = present.filter((object) => !keys.has(objectKey(objectId(object))) && !holdsData(object));
    return [
      ...changed.filter((text) => text !== undefined),
      ...strays.map((object) => `${formatObjectId(objectId(object))} is left over`),
    ];
  }

  /** By kind and name of some objects: which object it is, and in which state it was last written. */
  async versions(namespace: string, isOne: (object: KubeObject) => boolean): Promise<Map<string, string>> {
    const lists = await Promise.all(KINDS.map((kind) => this.#cluster.list({ ...kind, namespace })));
    const objects = lists.flatMap(({ items }, index) =>
      items.filter(isOne).map((item) => ({ ...item, kind: KINDS[index]?.kind })),
    );
    return new Map(
      objects.map(({ kind, metadata }) => [
        `${kind}/${metadata.name}`,
        `${metadata.uid} ${String(metadata['resourceVersion'])}`,
      ]),
    );
  }

  /** The uids of pods by the service they are of. */
  async pods(namespace: string): Promise<Map<string, string>> {
    const { items } = await this.#cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace });
    const own = items.map(({ metadata }) => [metadata.labels?.[SERVICE_LABEL] ?? '', metadata.uid ?? ''] as const);
    const byService = Map.groupBy(own, ([service]) => service);
    return new Map(
      [...byService].map(([service, uids]) => [
        service,
        uids
          .map(([, uid]) => uid)
          .sort()
          .join(),
      ]),
    );
  }

  /** Tells of each Job of a namespace that is or will be made. */
  watchJobs(namespace: string, seen: (job: KubeObject) => void): void {
    const watch = this.#cluster.watch({ group: 'batch', version: 'v1', kind: 'Job', namespace });
    void (async () => {
      for await (const event of watch) if ('object' in event) seen(event.object);
    })();
    this.#watches.push(watch);
  }

  /** The claims of a namespace with their uids. */
  async claims(namespace: string): Promise<Map<string, string>> {
    const { items } = await this.#cluster.list({ ...claimKind, namespace });
    return new Map(items.map(({ metadata }) => [metadata.name, metadata.uid ?? '']));
  }

  async removeNamespace(name: string): Promise<void> {
    await this.#cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  }

  /** Changes a live object as another client would. */
  async apply(object: KubeObject, fieldManager: string): Promise<void> {
    await this.#cluster.apply(object, { fieldManager, force: true });
  }

  async close(): Promise<void> {
    for (const watch of this.#watches) watch.close();
    await this.#cluster.close();
  }

  async #difference(object: KubeObject): Promise<string | undefined> {
    const id = objectId(object);
    const live = await this.#cluster.get(id);
    if (live === undefined) return `${formatObjectId(id)} is missing`;
    try {
      const wanted = withStampsOf(live, object);
      const { object: after } = await this.#cluster.apply(wanted, { fieldManager: MANAGER, dryRun: true });
      const [is, should] = [live, after].map((each) => canonicalJson(contentOf(each)));
      return is === should ? undefined : `${formatObjectId(id)} is ${is}, should be ${should}`;
    } catch (error) {
      if (error instanceof KubernetesApiError) return `${formatObjectId(id)}: ${error.message}`;
      throw error;
    }
  }

  async #present(namespace: string): Promise<KubeObject[]> {
    const lists = await Promise.all(
      KINDS.map((kind) => this.#cluster.list({ ...kind, namespace, labelSelector: OURS })),
    );
    return lists.flatMap(({ items }) => items);
  }
}

const claimKind = { group: '', version: 'v1', kind: 'PersistentVolumeClaim' } as const;

/** Kept whatever is deployed. */
function holdsData({ kind }: KubeObject): boolean {
  return kind === 'PersistentVolumeClaim';
}

/** Who wrote an object stands on it, and is no part of what was wanted. */
function withStampsOf({ metadata: { annotations: live = {} } }: KubeObject, object: KubeObject): KubeObject {
  const stamps = Object.entries(live).filter(([key]) => STAMPS.has(key));
  const annotations = { ...object.metadata.annotations, ...Object.fromEntries(stamps) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** All but what the server keeps by itself; which fields are ours is part of it. */
function contentOf(object: KubeObject): JsonValue {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.entries(metadata).filter(([key]) => !SERVER_FIELDS.has(key));
  return { ...rest, metadata: Object.fromEntries(kept), owned: ownedBy(object) } as JsonValue;
}

function ownedBy({ metadata }: KubeObject): JsonValue {
  const entries = metadata['managedFields'];
  const list = Array.isArray(entries) ? (entries as readonly Record<string, JsonValue>[]) : [];
  return list.find(({ manager, operation }) => manager === MANAGER && operation === 'Apply')?.['fieldsV1'] ?? null;
}
