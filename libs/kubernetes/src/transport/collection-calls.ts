import type { Clock } from '../clock.ts';
import type { KubeObject } from '../object.ts';
import { formatApiVersion } from '../object-id.ts';
import type { CallOptions, ClusterWatch, ListOptions, ListResult, ListTarget, WatchOptions } from '../operations.ts';
import { collectionPath } from '../rest-path.ts';
import { ANSWER_LIMITS } from './answer-limits.ts';
import type { Discovery } from './discovery.ts';
import type { HttpCall, HttpClient } from './http-client.ts';
import { HTTP_DEFAULTS } from './http-client.ts';
import { countOnPage, listPages } from './list-pages.ts';
import { parseJson } from './parse-json.ts';
import { watchLines } from './watch-lines.ts';
import { watchTarget } from './watch-target.ts';

const WATCH_SECONDS_MIN = 240;
const WATCH_SECONDS_SPREAD = 60;

interface ListReading<T> {
  readonly project: (object: KubeObject) => T;
  /** Of all pages. */
  readonly totalMaxBytes: number;
}

const WHOLE: ListReading<KubeObject> = { project: (object) => object, totalMaxBytes: ANSWER_LIMITS.heldMaxBytes };

interface CollectionSettings {
  readonly clock: Clock;
  readonly random: () => number;
  readonly watchIdleMs: number;
  /** Of one page. */
  readonly responseMaxBytes: number;
}

/** Calls for all objects of a kind: list, count, watch. */
export class CollectionCalls {
  readonly #calls: HttpClient;
  readonly #watches: HttpClient;
  readonly #discovery: Discovery;
  readonly #settings: CollectionSettings;

  constructor(calls: HttpClient, watches: HttpClient, discovery: Discovery, settings: CollectionSettings) {
    this.#calls = calls;
    this.#watches = watches;
    this.#discovery = discovery;
    this.#settings = settings;
  }

  list(target: ListTarget, options?: ListOptions): Promise<ListResult> {
    return this.#list(this.#calls, target, WHOLE, options);
  }

  listAs<T>(target: ListTarget, project: (object: KubeObject) => T, options?: ListOptions): Promise<ListResult<T>> {
    return this.#list(this.#calls, target, { project, totalMaxBytes: ANSWER_LIMITS.listMaxBytes }, options);
  }

  async count(target: ListTarget, options?: CallOptions): Promise<number> {
    const path = collectionPath(target, await this.#discovery.mappingOf(target, options));
    const call = { ...options, ...listCall(target, path) };
    const known = await countOnPage(
      async (query) => parseJson((await this.#calls.send({ ...call, query })).text),
      target,
    );
    return known ?? (await this.list(target, options)).items.length;
  }

  watch(target: ListTarget, { project = WHOLE.project, ...options }: WatchOptions): ClusterWatch {
    const { clock, random } = this.#settings;
    return watchTarget(
      {
        list: (call) =>
          this.#list(
            this.#watches,
            target,
            { ...WHOLE, project },
            { ...call, itemsMax: ANSWER_LIMITS.watchObjectsMax },
          ),
        lines: (resourceVersion, signal, opened) => this.#watchLines(target, resourceVersion, signal, opened),
      },
      { clock, random, project, ...options },
    );
  }

  async *#watchLines(
    target: ListTarget,
    resourceVersion: string,
    signal: AbortSignal,
    opened: () => void,
  ): AsyncGenerator<string> {
    const { clock, random, watchIdleMs: idleMs } = this.#settings;
    const path = collectionPath(target, await this.#discovery.mappingOf(target, { signal }));
    const timeoutSeconds = WATCH_SECONDS_MIN + Math.floor(random() * WATCH_SECONDS_SPREAD);
    const { labelSelector, fieldSelector } = target;
    const watch = { watch: 1, allowWatchBookmarks: 'true', timeoutSeconds, resourceVersion };
    const call = { ...listCall(target, path), query: { ...watch, labelSelector, fieldSelector } };
    const times = { clock, idleMs, connectMs: HTTP_DEFAULTS.attemptDeadlineMs };
    yield* watchLines(this.#watches, call, { ...times, signal, opened });
  }

  async #list<T>(
    client: HttpClient,
    target: ListTarget,
    { project, totalMaxBytes }: ListReading<T>,
    options?: ListOptions,
  ): Promise<ListResult<T>> {
    const { clock, responseMaxBytes: maxBytes } = this.#settings;
    const path = collectionPath(target, await this.#discovery.mappingOf(target, options));
    const call = { ...options, ...listCall(target, path) };
    return listPages(
      (query, read) => client.receive({ ...call, query }, read),
      { target, project, maxBytes, totalMaxBytes, clock },
      options,
    );
  }
}

function listCall(target: ListTarget, path: string): HttpCall {
  return { operation: `list ${target.kind} of ${formatApiVersion(target)}`, method: 'GET', path };
}
