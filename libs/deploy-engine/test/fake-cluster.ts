import type {
  LogOptions,
  AccessAnswer,
  AccessRules,
  ApplyOptions,
  CallOptions,
  ClusterWatch,
  CreateOptions,
  DeleteOptions,
  KubeObject,
  ListResult,
  ListTarget,
  ObjectId,
  WatchEvent,
  WriteOutcome,
} from '@ushadow/kubernetes';
import { KubernetesApiError, canonicalJson, formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { ClusterPort } from '../src/index.ts';

interface Watcher {
  readonly target: ListTarget;
  readonly events: WatchEvent[];
  wake: () => void;
  isClosed: boolean;
}

/** Called around every request; throwing makes it fail, before or after the server has acted. */
export type Fault = (moment: 'before' | 'after', operation: string) => void;

/** A cluster in memory: enough of an API server for the engine's own logic. Its controllers are the tests. */
export class FakeCluster implements ClusterPort {
  readonly objects = new Map<string, KubeObject>();
  readonly calls: string[] = [];
  readonly #watchers = new Set<Watcher>();
  #version = 100;
  /** What the controllers make of an object once it is written. */
  react: (object: KubeObject, cluster: FakeCluster) => void = () => undefined;
  fault: Fault = () => undefined;
  /** Writes that the server takes and never answers. */
  hangs: (operation: string) => boolean = () => false;
  logText = '';
  /** Of the run of a container before its present one, where that differs. */
  previousLogText: string | undefined;

  /** Puts an object there as somebody else would. */
  set(object: KubeObject): KubeObject {
    const key = objectKey(objectId(object));
    const before = this.objects.get(key);
    const stored = this.#stamp(object, before);
    this.objects.set(key, stored);
    this.#tell({ type: before === undefined ? 'added' : 'modified', object: stored });
    return stored;
  }

  setStatus(id: ObjectId, status: Record<string, unknown>): void {
    const object = this.objects.get(objectKey(id));
    if (object !== undefined) this.set({ ...object, status } as KubeObject);
  }

  interrupt(error: KubernetesApiError): void {
    this.#tell({ type: 'interrupted', error });
  }

  async get(id: ObjectId): Promise<KubeObject | undefined> {
    return this.#call(`get ${formatObjectId(id)}`, () => this.objects.get(objectKey(id)));
  }

  async list(target: ListTarget): Promise<ListResult> {
    return this.#call(`list ${target.kind}`, () => ({ items: this.#matching(target), resourceVersion: '1' }));
  }

  watch(target: ListTarget, { signal }: Pick<CallOptions, 'signal'> = {}): ClusterWatch {
    this.calls.push(`watch ${target.kind}`);
    const first = this.#matching(target).map((object): WatchEvent => ({ type: 'added', object }));
    const watcher: Watcher = { target, events: [...first, { type: 'synced' }], wake: () => undefined, isClosed: false };
    this.#watchers.add(watcher);
    const close = (): void => {
      watcher.isClosed = true;
      this.#watchers.delete(watcher);
      watcher.wake();
    };
    signal?.addEventListener('abort', close, { once: true });
    return { close, [Symbol.asyncIterator]: () => iterate(watcher) };
  }

  async apply(object: KubeObject, { dryRun, fieldManager, signal }: ApplyOptions): Promise<WriteOutcome> {
    const id = objectId(object);
    const answer = this.#call(`${dryRun === true ? 'dry-run' : 'apply'} ${formatObjectId(id)}`, () => {
      this.#needNamespace(id);
      const before = this.objects.get(objectKey(id));
      const { uid, resourceVersion, ...metadata } = object.metadata;
      refuseOther(before, uid, resourceVersion);
      const own = { manager: fieldManager, operation: 'Apply', fieldsV1: { digest: Object.keys(object).sort() } };
      const others = managersOf(before).filter(({ manager }) => manager !== fieldManager);
      const managedFields = [...others, own];
      // What others have written stays, as in server-side apply.
      const annotations = { ...before?.metadata.annotations, ...metadata.annotations };
      const kept = others.length > 0 ? before : {};
      const wanted = { ...kept, ...object, metadata: { ...metadata, annotations, managedFields } } as KubeObject;
      const after = before?.['status'] === undefined ? wanted : { ...wanted, status: before['status'] };
      const isSame = before !== undefined && content(before) === content(after);
      const stored = isSame ? before : this.#stamp(after, before);
      if (dryRun !== true && !isSame) {
        this.set(after);
        this.react(this.objects.get(objectKey(id)) ?? stored, this);
      }
      if (dryRun === true) return { object: before === undefined ? wanted : tried(stored, before), warnings: [] };
      return { object: this.objects.get(objectKey(id)) ?? stored, warnings: [] };
    });
    if (dryRun === true || !this.hangs(formatObjectId(id))) return answer;
    await answer;
    return new Promise((_, reject) => {
      const cancelled = new KubernetesApiError({ httpStatus: 0, reason: 'Cancelled', message: 'cancelled' });
      signal?.addEventListener('abort', () => reject(cancelled), { once: true });
    });
  }

  async create(object: KubeObject, options: CreateOptions): Promise<WriteOutcome> {
    return this.#call(`create ${object.kind}`, () => ({
      object: options.dryRun === true ? object : this.set(object),
      warnings: [],
    }));
  }

  async delete(id: ObjectId, { uid, resourceVersion }: DeleteOptions = {}): Promise<boolean> {
    return this.#call(`delete ${formatObjectId(id)}`, () => {
      const object = this.objects.get(objectKey(id));
      if (object === undefined) return false;
      const isOther = uid !== undefined && object.metadata.uid !== uid;
      if (isOther || (resourceVersion !== undefined && object.metadata.resourceVersion !== resourceVersion)) {
        throw new KubernetesApiError({ httpStatus: 409, reason: 'Conflict', message: 'preconditions do not hold' });
      }
      this.objects.delete(objectKey(id));
      this.#tell({ type: 'deleted', object });
      return true;
    });
  }

  async logs(_pod: object, { previous }: LogOptions = {}): Promise<string> {
    return this.#call('logs', () => (previous === true ? (this.previousLogText ?? this.logText) : this.logText));
  }

  async selfSubjectAccessReview(): Promise<AccessAnswer> {
    return this.#call('access review', () => ({ allowed: true }));
  }

  async selfSubjectRulesReview(): Promise<AccessRules> {
    return this.#call('rules review', () => ({ rules: [], incomplete: false }));
  }

  async #call<T>(operation: string, act: () => T): Promise<T> {
    this.calls.push(operation);
    await Promise.resolve();
    this.fault('before', operation);
    const answer = act();
    this.fault('after', operation);
    return answer;
  }

  #needNamespace({ namespace }: ObjectId): void {
    if (namespace === undefined || this.objects.has(`/Namespace//${namespace}`)) return;
    const subject = { kind: 'namespaces', name: namespace };
    throw new KubernetesApiError({
      httpStatus: 404,
      reason: 'NotFound',
      message: `namespaces "${namespace}" not found`,
      subject,
    });
  }

  #stamp(object: KubeObject, before: KubeObject | undefined): KubeObject {
    this.#version += 1;
    const isSameSpec =
      before !== undefined && canonicalJson(before['spec'] ?? null) === canonicalJson(object['spec'] ?? null);
    const generation = (before?.metadata.generation ?? 0) + (isSameSpec ? 0 : 1);
    const uid = before?.metadata.uid ?? object.metadata.uid ?? `uid-${this.#version}`;
    return { ...object, metadata: { ...object.metadata, uid, generation, resourceVersion: String(this.#version) } };
  }

  #matching({ kind, namespace }: ListTarget): KubeObject[] {
    return [...this.objects.values()].filter(
      (object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace),
    );
  }

  #tell(event: WatchEvent): void {
    for (const watcher of this.#watchers) {
      if ('object' in event && event.object.kind !== watcher.target.kind) continue;
      watcher.events.push(event);
      watcher.wake();
    }
  }
}

function managersOf(object: KubeObject | undefined): { readonly manager: string }[] {
  const entries = object?.metadata['managedFields'];
  return Array.isArray(entries) ? (entries as { readonly manager: string }[]) : [];
}

/** Without an object, a version alone means: make it. */
/** As the server answers: a dry run has the version of what is there. */
function tried(stored: KubeObject, { metadata: { resourceVersion = '' } }: KubeObject): KubeObject {
  return { ...stored, metadata: { ...stored.metadata, resourceVersion } };
}

function refuseOther(before: KubeObject | undefined, uid: string | undefined, version: string | undefined): void {
  const isOther = uid !== undefined && uid !== before?.metadata.uid;
  const isOld = before !== undefined && version !== undefined && version !== before.metadata.resourceVersion;
  if (isOther || isOld)
    throw new KubernetesApiError({ httpStatus: 409, reason: 'Conflict', message: 'the object has been modified' });
}

async function* iterate(watcher: Watcher): AsyncGenerator<WatchEvent> {
  while (!watcher.isClosed) {
    const next = watcher.events.shift();
    if (next !== undefined) yield next;
    else await new Promise<void>((resolve) => (watcher.wake = resolve));
  }
}

function content(object: KubeObject): string {
  const { uid: _uid, resourceVersion: _version, generation: _generation, ...metadata } = object.metadata;
  return canonicalJson({ ...object, metadata });
}
