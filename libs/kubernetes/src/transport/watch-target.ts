import { classifyError } from '../errors/error-class.ts';
import type { ErrorClass } from '../errors/error-class.ts';
import { errorFromStatus } from '../errors/error-from-status.ts';
import type { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { KubeObject } from '../object.ts';
import { objectId, objectKey } from '../object-id.ts';
import type { Clock } from '../clock.ts';
import type { CallOptions, ClusterWatch, ListResult, WatchEvent } from '../operations.ts';
import { ANSWER_LIMITS, tooLarge } from './answer-limits.ts';
import { CallScope } from './call-scope.ts';
import { networkError } from './network-error.ts';
import { parseJson, parseObject } from './parse-json.ts';

export interface WatchSource {
  list(options: CallOptions): Promise<ListResult>;
  /** Lines of one watch request, from a resourceVersion on. `opened` is called once the server has accepted it. */
  lines(resourceVersion: string, signal: AbortSignal, opened: () => void): AsyncIterable<string>;
}

export interface WatchSettings {
  /** What is kept of each object; its identity, its uid and its version stay as they are. */
  readonly project?: (object: KubeObject) => KubeObject;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: CallOptions['signal'];
}

const FATAL: ReadonlySet<ErrorClass> = new Set(['unauthorized', 'forbidden', 'not-found', 'invalid', 'cancelled']);
const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 15_000;
/** However long the server asks for; longer than this nobody looks away. */
const MAX_ASKED_FOR_MS = 60_000;
const HEALTHY_STREAM_MS = 1_000;

/** List and watch that goes on for ever: resumes, relists after 410, reports what vanished meanwhile as deleted. */
export function watchTarget(source: WatchSource, options: WatchSettings): ClusterWatch {
  const scope = new CallScope(options.clock, undefined, options.signal);
  return {
    [Symbol.asyncIterator]: () => new Watcher(source, options, scope).run(),
    close: () => scope.cancel(),
  };
}

class Watcher {
  readonly #source: WatchSource;
  readonly #options: WatchSettings;
  readonly #scope: CallScope;
  readonly #known = new Map<string, KubeObject>();
  #resourceVersion: string | undefined;
  #failures = 0;
  #interrupted = false;
  #resumed = false;
  /** What the server has asked for with its last refusal. */
  #retryAfterMs = 0;

  constructor(source: WatchSource, options: WatchSettings, scope: CallScope) {
    this.#source = source;
    this.#options = options;
    this.#scope = scope;
  }

  async *run(): AsyncGenerator<WatchEvent, void, undefined> {
    using scope = this.#scope;
    while (!scope.signal.aborted) {
      const startedAt = this.#options.clock.now();
      try {
        if (this.#resourceVersion === undefined) yield* this.#relist();
        yield* this.#follow();
        if (this.#options.clock.now() - startedAt < HEALTHY_STREAM_MS) this.#failures += 1;
      } catch (caught) {
        if (scope.signal.aborted) return;
        const error = networkError(caught);
        if (this.#mustStop(error)) throw error;
        if (classifyError(error) === 'gone') this.#resourceVersion = undefined;
        this.#failures += 1;
        this.#retryAfterMs = Math.min(MAX_ASKED_FOR_MS, error.retryAfterMs ?? 0);
        if (!this.#interrupted && this.#failures > 1) yield this.#interruption(error);
      }
      if (!(await this.#backOff())) return;
    }
  }

  /** False when the watch was closed meanwhile. The first failure is retried at once. */
  async #backOff(): Promise<boolean> {
    const askedForMs = this.#retryAfterMs;
    this.#retryAfterMs = 0;
    if (this.#failures < 2 && askedForMs === 0) return true;
    const ceiling = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, this.#failures - 2));
    const waitMs = Math.max(askedForMs, Math.ceil(ceiling * (0.5 + this.#options.random() / 2)));
    try {
      await this.#scope.wait(this.#options.clock, waitMs);
      return true;
    } catch {
      return false;
    }
  }

  #project(object: KubeObject): KubeObject {
    return this.#options.project?.(object) ?? object;
  }

  #mustStop(error: KubernetesApiError): boolean {
    return FATAL.has(classifyError(error));
  }

  #interruption(error: KubernetesApiError): WatchEvent {
    this.#interrupted = true;
    return { type: 'interrupted', error };
  }

  async *#relist(): AsyncGenerator<WatchEvent> {
    const { items, resourceVersion } = await this.#source.list({ signal: this.#scope.signal });
    const present = new Map(items.map((item) => [objectKey(objectId(item)), item]));
    for (const [key, object] of [...this.#known]) {
      if (present.get(key)?.metadata.uid === object.metadata.uid) continue;
      this.#known.delete(key);
      yield { type: 'deleted', object };
    }
    for (const [key, object] of present) {
      const before = this.#known.get(key);
      this.#known.set(key, object);
      if (before === undefined) yield { type: 'added', object };
      else if (before.metadata.resourceVersion !== object.metadata.resourceVersion) yield { type: 'modified', object };
    }
    this.#resourceVersion = resourceVersion;
    if (this.#interrupted) yield this.#resumption();
    yield { type: 'synced' };
  }

  async *#follow(): AsyncGenerator<WatchEvent> {
    const opened = (): void => {
      this.#resumed = this.#interrupted;
    };
    for await (const line of this.#source.lines(this.#resourceVersion ?? '', this.#scope.signal, opened)) {
      // Where nothing changes no line may come for a minute; the cluster is in sight all the same.
      if (this.#resumed) yield this.#resumption();
      if (line === '') continue;
      this.#failures = 0;
      const event = this.#read(line);
      if (event !== undefined) yield event;
    }
  }

  #resumption(): WatchEvent {
    this.#interrupted = false;
    this.#resumed = false;
    return { type: 'resumed' };
  }

  #read(line: string): WatchEvent | undefined {
    if (line === '') return undefined;
    const { type, object: raw } = parseJson(line);
    if (type === 'ERROR') {
      const code = Number(parseJson(JSON.stringify(raw))['code'] ?? 500);
      throw errorFromStatus(code, JSON.stringify(raw));
    }
    const object = this.#project(parseObject(raw));
    this.#resourceVersion = object.metadata.resourceVersion ?? this.#resourceVersion;
    if (type === 'BOOKMARK') return undefined;
    const key = objectKey(objectId(object));
    if (type === 'DELETED') {
      this.#known.delete(key);
      return { type: 'deleted', object };
    }
    const isNew = !this.#known.has(key);
    const { watchObjectsMax } = ANSWER_LIMITS;
    if (isNew && this.#known.size >= watchObjectsMax) throw tooLarge(`a watch of more than ${watchObjectsMax} objects`);
    this.#known.set(key, object);
    return { type: isNew ? 'added' : 'modified', object };
  }
}
