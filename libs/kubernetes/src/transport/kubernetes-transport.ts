import type { ClusterConnection } from '../connection.ts';
import type { JsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
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
  ExecOptions,
  ExecSession,
  ListOptions,
  ListResult,
  ListTarget,
  LogOptions,
  PodId,
  PodPort,
  ServerVersion,
  StreamOptions,
  WriteOutcome,
} from '../operations.ts';
import { reviewAccess, reviewIdentity, reviewRules } from './access-review.ts';
import { CollectionCalls } from './collection-calls.ts';
import { Discovery } from './discovery.ts';
import type { HttpClientOptions } from './http-client.ts';
import { HTTP_DEFAULTS, HttpClient } from './http-client.ts';
import { ObjectCalls } from './object-calls.ts';
import { parseJson } from './parse-json.ts';
import { POD_SOCKET_LIMITS, type PodSocketLimits } from './pod-socket.ts';
import { PodStreams } from './pod-streams.ts';
import { ServerAddresses, type AskAddresses } from './server-addresses.ts';
import { systemClock } from './system-clock.ts';

export interface TransportOptions extends Partial<Omit<HttpClientOptions, 'addresses'>> {
  /** Asked when no known address can be connected to: a server may have moved. */
  readonly askAddresses?: AskAddresses;
  /** A watch without a sign of life for this long is reopened; bookmarks come about once a minute. */
  readonly watchIdleMs?: number;
  /** How long streams to pods may be silent. */
  readonly podSockets?: Partial<PodSocketLimits>;
}

const DEFAULT_WATCH_IDLE_MS = 90_000;
/** The longest that anybody gives a version. */
const VERSION_MAX_LENGTH = 128;
const NO_RETRIES = { totalWaitMs: -1, firstWaitMs: 0, maxWaitMs: 0 } as const;
/** A watch holds its stream: a worker with many deployments under way needs more than one connection has. */
const WATCH_CONNECTIONS_MAX = 8;

/**
 * Raw JSON to and from one API server over HTTP/2: one connection for calls, others for watches.
 * Every failure is a KubernetesApiError. One instance per cluster and credential; close it when done.
 */
export class KubernetesTransport {
  readonly #addresses: ServerAddresses;
  readonly #calls: HttpClient;
  readonly #watches: HttpClient;
  readonly #discovery: Discovery;
  readonly #objects: ObjectCalls;
  readonly #collections: CollectionCalls;
  readonly #podStreams: PodStreams;

  constructor(connection: ClusterConnection, options: TransportOptions = {}) {
    const addresses = new ServerAddresses(connection.pinnedAddresses ?? [], options.askAddresses);
    const settings = { ...HTTP_DEFAULTS, clock: systemClock, random: Math.random, ...options, addresses };
    this.#addresses = addresses;
    this.#calls = new HttpClient(connection, settings);
    const watching = { connectionsMax: WATCH_CONNECTIONS_MAX, retryBudget: NO_RETRIES };
    // A watch waits and tries again by itself, and says so: nothing below it should do that silently.
    this.#watches = new HttpClient(connection, { ...settings, ...watching });
    this.#discovery = new Discovery(this.#calls);
    this.#podStreams = new PodStreams(connection, settings, { ...POD_SOCKET_LIMITS, ...options.podSockets });
    this.#objects = new ObjectCalls(this.#calls, this.#discovery);
    this.#collections = new CollectionCalls(this.#calls, this.#watches, this.#discovery, {
      ...settings,
      watchIdleMs: options.watchIdleMs ?? DEFAULT_WATCH_IDLE_MS,
    });
  }

  async version(options?: CallOptions): Promise<ServerVersion> {
    const call = { ...options, operation: 'version', method: 'GET', path: '/version' } as const;
    const answer = parseJson((await this.#calls.send(call)).text);
    const text = (key: string): string => {
      const value = answer[key];
      return typeof value === 'string' ? value.slice(0, VERSION_MAX_LENGTH) : '';
    };
    return { gitVersion: text('gitVersion'), major: text('major'), minor: text('minor'), platform: text('platform') };
  }

  /** Undefined when the object does not exist, nor can: its kind is served no more. */
  get(id: ObjectId, options?: CallOptions): Promise<KubeObject | undefined> {
    return this.#objects.get(id, options);
  }

  /** Server-side apply with strict field validation. */
  apply(object: KubeObject, options: ApplyOptions): Promise<WriteOutcome> {
    return this.#objects.apply(object, options);
  }

  create(object: KubeObject, options: CreateOptions): Promise<WriteOutcome> {
    return this.#objects.create(object, options);
  }

  /** False when there was nothing to delete. Preconditions that do not hold give a 409. */
  delete(id: ObjectId, options: DeleteOptions = {}): Promise<boolean> {
    return this.#objects.delete(id, options);
  }

  /** Log text of one container of a pod. */
  logs(pod: { namespace: string; name: string }, options: LogOptions = {}): Promise<string> {
    return this.#objects.logs(pod, options);
  }

  /** Adds a container to a pod that runs; it cannot be taken away again. */
  addEphemeralContainer(pod: PodId, container: JsonObject, options?: CallOptions): Promise<void> {
    return this.#objects.addEphemeralContainer(pod, container, options);
  }

  /** Runs a command in a container of a pod, with its input and output. */
  exec(pod: PodId, options: ExecOptions): Promise<ExecSession> {
    return this.#podStreams.exec(pod, options);
  }

  /** Connects to a port of a pod. */
  portForward(pod: PodId, port: number, options: StreamOptions = {}): Promise<PodPort> {
    return this.#podStreams.portForward(pod, port, options);
  }

  /** All objects of a kind, fetched page by page. */
  list(target: ListTarget, options?: ListOptions): Promise<ListResult> {
    return this.#collections.list(target, options);
  }

  /**
   * What `project` takes from each object of a kind. An object is let go before the next is read, so that memory holds
   * the projections and one object, however long the list is.
   */
  listAs<T>(target: ListTarget, project: (object: KubeObject) => T, options?: ListOptions): Promise<ListResult<T>> {
    return this.#collections.listAs(target, project, options);
  }

  /** How many objects of a kind there are, without fetching them where the server reports how many. */
  count(target: ListTarget, options?: CallOptions): Promise<number> {
    return this.#collections.count(target, options);
  }

  watch(target: ListTarget, options: Pick<CallOptions, 'signal'> = {}): ClusterWatch {
    return this.#collections.watch(target, options);
  }

  /** Kinds that a version of a group has; none where the server does not know it. */
  kindsOf(id: Pick<ObjectId, 'group' | 'version'>, options?: CallOptions): Promise<ReadonlySet<string>> {
    return this.#discovery.kindsOf(id, options);
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

  /** What is under way ends over its connections, which end with it; so do streams to pods. Whatever is called later opens others. */
  release(): void {
    this.#calls.reconnect();
    this.#watches.reconnect();
  }

  /** It has no connection, so that nothing is lost with it. */
  get isIdle(): boolean {
    return this.#calls.isIdle && this.#watches.isIdle && this.#podStreams.isIdle;
  }

  /** Ends every open call, watch and stream. */
  async close(): Promise<void> {
    this.#podStreams.close();
    await Promise.all([this.#calls.close(), this.#watches.close()]);
  }
}
