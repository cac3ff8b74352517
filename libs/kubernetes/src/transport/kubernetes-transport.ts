import type { Clock } from '../clock.ts';
import type { ClusterConnection } from '../connection.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { KubeObject } from '../object.ts';
import { formatApiVersion, formatObjectId, objectId } from '../object-id.ts';
import type { ObjectId } from '../object-id.ts';
import type {
  AccessAnswer,
  AccessAttributes,
  AccessRules,
  ApplyOptions,
  CallOptions,
  ClusterWatch,
  CreateOptions,
  DeleteOptions,
  ListOptions,
  ListResult,
  ListTarget,
  LogOptions,
  ServerVersion,
  WriteOutcome,
} from '../operations.ts';
import { collectionPath, objectPath } from '../rest-path.ts';
import { reviewAccess, reviewIdentity, reviewRules } from './access-review.ts';
import { ANSWER_LIMITS } from './answer-limits.ts';
import { Discovery } from './discovery.ts';
import type { HttpCall, HttpClientOptions } from './http-client.ts';
import { HTTP_DEFAULTS, HttpClient } from './http-client.ts';
import { countOnPage, listPages } from './list-pages.ts';
import { parseJson, parseObject } from './parse-json.ts';
import { ServerAddresses, type AskAddresses } from './server-addresses.ts';
import { systemClock } from './system-clock.ts';
import { watchLines } from './watch-lines.ts';
import { watchTarget } from './watch-target.ts';

export interface TransportOptions extends Partial<Omit<HttpClientOptions, 'addresses'>> {
  /** Asked when no known address can be connected to: a server may have moved. */
  readonly askAddresses?: AskAddresses;
  /** A watch without a sign of life for this long is reopened; bookmarks come about once a minute. */
  readonly watchIdleMs?: number;
}

const WATCH_SECONDS_MIN = 240;
const WATCH_SECONDS_SPREAD = 60;
const DEFAULT_WATCH_IDLE_MS = 90_000;
/** The longest that anybody gives a version. */
const VERSION_MAX_LENGTH = 128;
/** A server rounds the limit it was asked to keep to whole lines. */
const LOG_SLACK_BYTES = 64 * 1024;
const NO_RETRIES = { totalWaitMs: -1, firstWaitMs: 0, maxWaitMs: 0 } as const;
/** A watch holds its stream: a worker with many deployments under way needs more than one connection has. */
const WATCH_CONNECTIONS_MAX = 8;

interface ListReading<T> {
  readonly project: (object: KubeObject) => T;
  /** Of all pages. */
  readonly totalMaxBytes: number;
}

const WHOLE: ListReading<KubeObject> = { project: (object) => object, totalMaxBytes: ANSWER_LIMITS.heldMaxBytes };

/**
 * Raw JSON to and from one API server over HTTP/2: one connection for calls, others for watches.
 * Every failure is a KubernetesApiError. One instance per cluster and credential; close it when done.
 */
export class KubernetesTransport {
  readonly #addresses: ServerAddresses;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #calls: HttpClient;
  readonly #watches: HttpClient;
  readonly #discovery: Discovery;
  readonly #watchIdleMs: number;
  readonly #responseMaxBytes: number;

  constructor(connection: ClusterConnection, options: TransportOptions = {}) {
    const addresses = new ServerAddresses(connection.pinnedAddresses ?? [], options.askAddresses);
    const settings = { ...HTTP_DEFAULTS, clock: systemClock, random: Math.random, ...options, addresses };
    this.#addresses = addresses;
    this.#clock = settings.clock;
    this.#random = settings.random;
    this.#calls = new HttpClient(connection, settings);
    const watching = { connectionsMax: WATCH_CONNECTIONS_MAX, retryBudget: NO_RETRIES };
    // A watch waits and tries again by itself, and says so: nothing below it should do that silently.
    this.#watches = new HttpClient(connection, { ...settings, ...watching });
    this.#discovery = new Discovery(this.#calls);
    this.#responseMaxBytes = settings.responseMaxBytes;
    this.#watchIdleMs = options.watchIdleMs ?? DEFAULT_WATCH_IDLE_MS;
  }

  async version(options?: CallOptions): Promise<ServerVersion> {
    const answer = await this.#json({ ...options, operation: 'version', method: 'GET', path: '/version' });
    const text = (key: string): string => {
      const value = answer[key];
      return typeof value === 'string' ? value.slice(0, VERSION_MAX_LENGTH) : '';
    };
    return { gitVersion: text('gitVersion'), major: text('major'), minor: text('minor'), platform: text('platform') };
  }

  /** Undefined when the object does not exist, nor can: its kind is served no more. */
  async get(id: ObjectId, options?: CallOptions): Promise<KubeObject | undefined> {
    const operation = `get ${formatObjectId(id)}`;
    const found = await this.#reach(id, options, (path) => this.#json({ ...options, operation, method: 'GET', path }));
    return found === undefined ? undefined : parseObject(found);
  }

  /** All objects of a kind, fetched page by page. */
  list(target: ListTarget, options?: ListOptions): Promise<ListResult> {
    return this.#list(this.#calls, target, WHOLE, options);
  }

  /**
   * What `project` takes from each object of a kind. An object is let go before the next is read, so that memory holds
   * the projections and one object, however long the list is.
   */
  listAs<T>(target: ListTarget, project: (object: KubeObject) => T, options?: ListOptions): Promise<ListResult<T>> {
    return this.#list(this.#calls, target, { project, totalMaxBytes: ANSWER_LIMITS.listMaxBytes }, options);
  }

  /** How many objects of a kind there are, without fetching them where the server can tell. */
  async count(target: ListTarget, options?: CallOptions): Promise<number> {
    const path = collectionPath(target, await this.#discovery.mappingOf(target, options));
    const known = await countOnPage(
      (query) => this.#json({ ...options, ...this.#listCall(target, path), query }),
      target,
    );
    return known ?? (await this.list(target, options)).items.length;
  }

  watch(target: ListTarget, options: Pick<CallOptions, 'signal'> = {}): ClusterWatch {
    return watchTarget(
      {
        list: (call) => this.#list(this.#watches, target, WHOLE, { ...call, itemsMax: ANSWER_LIMITS.watchObjectsMax }),
        lines: (resourceVersion, signal, opened) => this.#watchLines(target, resourceVersion, signal, opened),
      },
      { clock: this.#clock, random: this.#random, ...options },
    );
  }

  /** Server-side apply with strict field validation. */
  async apply(object: KubeObject, options: ApplyOptions): Promise<WriteOutcome> {
    const { fieldManager, force, dryRun, ...call } = options;
    const id = objectId(object);
    const path = objectPath(id, await this.#discovery.mappingOf(id, call));
    return this.#write({
      ...call,
      operation: `${dryRun === true ? 'dry-run' : 'apply'} ${formatObjectId(id)}`,
      method: 'PATCH',
      path,
      contentType: 'application/apply-patch+yaml',
      body: JSON.stringify(object),
      query: { fieldManager, fieldValidation: 'Strict', force: force === true ? 'true' : undefined, ...dry(dryRun) },
    });
  }

  async create(object: KubeObject, options: CreateOptions): Promise<WriteOutcome> {
    const { fieldManager, dryRun, ...call } = options;
    const id = objectId(object);
    const path = collectionPath(id, await this.#discovery.mappingOf(id, call));
    return this.#write({
      ...call,
      operation: `create ${formatObjectId(id)}`,
      method: 'POST',
      path,
      contentType: 'application/json',
      body: JSON.stringify(object),
      query: { fieldManager, fieldValidation: 'Strict', ...dry(dryRun) },
    });
  }

  /** False when there was nothing to delete. Preconditions that do not hold give a 409. */
  async delete(id: ObjectId, options: DeleteOptions = {}): Promise<boolean> {
    const { uid, resourceVersion, propagationPolicy = 'Background', dryRun, ...call } = options;
    const preconditions = { uid, resourceVersion };
    const body = JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy, preconditions });
    const operation = `delete ${formatObjectId(id)}`;
    const request = {
      ...call,
      operation,
      method: 'DELETE',
      body,
      contentType: 'application/json',
      query: dry(dryRun),
    } as const;
    return (await this.#reach(id, call, (path) => this.#json({ ...request, path }))) !== undefined;
  }

  /** Log text of one container of a pod. */
  async logs(pod: { namespace: string; name: string }, options: LogOptions = {}): Promise<string> {
    const { container, tailLines, previous, limitBytes, ...call } = options;
    const id = { group: '', version: 'v1', kind: 'Pod', ...pod };
    const path = `${objectPath(id, await this.#discovery.mappingOf(id))}/log`;
    const query = { container, tailLines, limitBytes, previous: previous === true ? 'true' : undefined };
    const operation = `logs ${formatObjectId(id)}`;
    const maxBytes = logMaxBytes(limitBytes);
    const { text } = await this.#calls.send({
      ...call,
      operation,
      method: 'GET',
      path,
      query,
      accept: '*/*',
      maxBytes,
    });
    return text;
  }

  /** Every kind that lives in namespaces and can be listed. */
  namespacedKinds(options?: CallOptions): Promise<Pick<ObjectId, 'group' | 'version' | 'kind'>[]> {
    return this.#discovery.namespacedKinds(options);
  }

  /** May we do this? */
  selfSubjectAccessReview(attributes: AccessAttributes, options?: CallOptions): Promise<AccessAnswer> {
    return reviewAccess(this.#calls, attributes, options);
  }

  /** What may we do in this namespace? */
  selfSubjectRulesReview(namespace: string, options?: CallOptions): Promise<AccessRules> {
    return reviewRules(this.#calls, namespace, options);
  }

  /** Who are we, as the server sees it? Undefined where it does not say. */
  selfSubjectReview(options?: CallOptions): Promise<string | undefined> {
    return reviewIdentity(this.#calls, options);
  }

  /** Follows a server to where its name leads now: its addresses that have passed the policy. What is under way ends where it is. */
  moveTo(addresses: readonly string[]): void {
    if (this.#addresses.moveTo(addresses)) this.release();
  }

  /** What is under way ends over its connections, which end with it. Whatever is called later opens others. */
  release(): void {
    this.#calls.reconnect();
    this.#watches.reconnect();
  }

  /** It has no connection, so that nothing is lost with it. */
  get isIdle(): boolean {
    return this.#calls.isIdle && this.#watches.isIdle;
  }

  /** Ends every open call and watch. */
  async close(): Promise<void> {
    await Promise.all([this.#calls.close(), this.#watches.close()]);
  }

  async *#watchLines(
    target: ListTarget,
    resourceVersion: string,
    signal: AbortSignal,
    opened: () => void,
  ): AsyncGenerator<string> {
    const path = collectionPath(target, await this.#discovery.mappingOf(target, { signal }));
    const timeoutSeconds = WATCH_SECONDS_MIN + Math.floor(this.#random() * WATCH_SECONDS_SPREAD);
    const { labelSelector, fieldSelector } = target;
    const watch = { watch: 1, allowWatchBookmarks: 'true', timeoutSeconds, resourceVersion };
    const call = { ...this.#listCall(target, path), query: { ...watch, labelSelector, fieldSelector } };
    const times = { clock: this.#clock, idleMs: this.#watchIdleMs, connectMs: HTTP_DEFAULTS.attemptDeadlineMs };
    yield* watchLines(this.#watches, call, { ...times, signal, opened });
  }

  async #list<T>(
    client: HttpClient,
    target: ListTarget,
    { project, totalMaxBytes }: ListReading<T>,
    options?: ListOptions,
  ): Promise<ListResult<T>> {
    const path = collectionPath(target, await this.#discovery.mappingOf(target, options));
    const call = { ...options, ...this.#listCall(target, path) };
    return listPages(
      (query, read) => client.receive({ ...call, query }, read),
      { target, project, maxBytes: this.#responseMaxBytes, totalMaxBytes, clock: this.#clock },
      options,
    );
  }

  #listCall(target: ListTarget, path: string): HttpCall {
    return { operation: `list ${target.kind} of ${formatApiVersion(target)}`, method: 'GET', path };
  }

  /** Calls for an object, which may have been made in a version that is served no more; undefined where there is none. */
  async #reach<T>(
    id: ObjectId,
    options: CallOptions | undefined,
    call: (path: string) => Promise<T>,
  ): Promise<T | undefined> {
    for (let isAgain = false; ; isAgain = true) {
      const served = await this.#discovery.whereServed(id, options);
      if (served === undefined) return undefined;
      const at = { ...id, version: served.version };
      try {
        return await call(objectPath(at, served.mapping));
      } catch (error) {
        if (!(error instanceof KubernetesApiError) || error.httpStatus !== 404) throw error;
        if (error.subject.name === id.name) return undefined;
        // Not an object is missing but its path: how the kind is served has changed since that was asked.
        if (isAgain || !this.#discovery.forget(at)) throw error;
      }
    }
  }

  async #json(call: HttpCall): Promise<ReturnType<typeof parseJson>> {
    return parseJson((await this.#calls.send(call)).text);
  }

  async #write(call: HttpCall): Promise<WriteOutcome> {
    const { text, warnings } = await this.#calls.send(call);
    return { object: parseObject(parseJson(text)), warnings };
  }
}

function logMaxBytes(limitBytes: number | undefined): number {
  const { logMaxBytes: max } = ANSWER_LIMITS;
  return limitBytes === undefined ? max : Math.min(max, limitBytes + LOG_SLACK_BYTES);
}

function dry(dryRun: boolean | undefined): { dryRun?: 'All' } {
  return dryRun === true ? { dryRun: 'All' } : {};
}
