import type { Agent, Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { ClusterConnection } from '../connection.ts';
import { classifyError } from '../errors/error-class.ts';
import { errorFromStatus } from '../errors/error-from-status.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { CallOptions } from '../operations.ts';
import { ANSWER_LIMITS } from './answer-limits.ts';
import { CallScope } from './call-scope.ts';
import { InFlightLimit } from './in-flight-limit.ts';
import { networkError } from './network-error.ts';
import { openAgent, STREAMS_PER_CONNECTION } from './open-agent.ts';
import { readBody } from './read-body.ts';
import type { RetryBudget } from './retry-policy.ts';
import { DEFAULT_RETRY_BUDGET, nextWaitMs } from './retry-policy.ts';
import type { ServerAddresses } from './server-addresses.ts';

export interface HttpClientOptions {
  readonly addresses: ServerAddresses;
  readonly clock: Clock;
  readonly random: () => number;
  readonly inFlightMax: number;
  readonly callDeadlineMs: number;
  readonly attemptDeadlineMs: number;
  readonly connectTimeoutMs: number;
  /** Between two pings of an HTTP/2 connection. */
  readonly pingIntervalMs: number;
  /** After this long without a byte a connection is taken for dead. */
  readonly silenceMaxMs: number;
  readonly connectionsMax: number;
  readonly responseMaxBytes: number;
  readonly retryBudget: RetryBudget;
  /** What this client calls itself, as the API server's audit log shows it. */
  readonly userAgent: string;
}

export const HTTP_DEFAULTS = {
  inFlightMax: 300,
  callDeadlineMs: 60_000,
  attemptDeadlineMs: 30_000,
  connectTimeoutMs: 5_000,
  pingIntervalMs: 5_000,
  silenceMaxMs: 12_000,
  connectionsMax: 3,
  responseMaxBytes: 64 * 1024 * 1024,
  retryBudget: DEFAULT_RETRY_BUDGET,
  userAgent: 'ushadow',
} as const;

const CLOSED = {
  httpStatus: 0,
  reason: 'ConnectionLost',
  message: 'the connection to the cluster was closed',
} as const;
const CANCELLED = { httpStatus: 0, reason: 'Cancelled', message: 'the call was cancelled' } as const;

export interface HttpCall extends CallOptions {
  /** For retry notices, e.g. `apply Deployment/shop/web`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
  /** Of a good answer's body; that of one object unless given. */
  readonly maxBytes?: number;
}

export interface HttpAnswer {
  readonly text: string;
  readonly warnings: readonly string[];
}

interface Received<T> {
  readonly value: T;
  readonly warnings: readonly string[];
}

/** Reads a body to its end. Called anew for each attempt. */
export type BodyReader<T> = (body: AsyncIterable<Uint8Array>) => Promise<T>;

/** Sends calls to one API server: deadlines, bounded in flight, retried by table, errors mapped. */
export class HttpClient {
  readonly #connection: ClusterConnection;
  readonly #options: HttpClientOptions;
  readonly #limit: InFlightLimit;
  readonly #origin: string;
  readonly #basePath: string;
  #isHttp2 = true;
  #agent: Agent;
  /** Connections of the agent that are there. */
  #connected = 0;
  #isWidening = false;
  /** Ends what is under way: an agent that was closed ends nothing any more. */
  readonly #closing = new AbortController();
  /** End by themselves with the last answer that is under way on them. */
  readonly #outdated = new Set<Agent>();

  constructor(connection: ClusterConnection, options: HttpClientOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#limit = new InFlightLimit(Math.min(options.inFlightMax, STREAMS_PER_CONNECTION));
    const url = new URL(connection.server);
    this.#origin = url.origin;
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#agent = this.#openAgent();
  }

  async send(call: HttpCall): Promise<HttpAnswer> {
    const maxBytes = Math.min(call.maxBytes ?? ANSWER_LIMITS.objectMaxBytes, this.#options.responseMaxBytes);
    const read = (body: AsyncIterable<Uint8Array>) => readBody(body, maxBytes);
    const { value, warnings } = await this.#receive(call, read);
    return { text: value, warnings };
  }

  /** Like `send`, with a body that is read as it comes. */
  async receive<T>(call: HttpCall, read: BodyReader<T>): Promise<T> {
    return (await this.#receive(call, read)).value;
  }

  async #receive<T>(call: HttpCall, read: BodyReader<T>): Promise<Received<T>> {
    const { clock } = this.#options;
    using scope = new CallScope(clock, call.deadlineMs ?? this.#options.callDeadlineMs, call.signal);
    let waitedMs = 0;
    let serverFaults = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        if (this.#limit.isFull) this.#widen();
        const answer = await this.#limit.run(() => {
          // Asked before every attempt: a caller that was frozen may know of its end before it could notify.
          if (call.signal?.aborted === true) scope.cancel();
          scope.signal.throwIfAborted();
          return this.#attempt(call, read, scope.signal);
        }, scope.signal);
        this.#limit.speedUp();
        return answer;
      } catch (caught) {
        const error = networkError(scope.signal.aborted ? scope.signal.reason : caught);
        if (classifyError(error) === 'throttled') this.#limit.slowDown();
        if (classifyError(error) === 'server-fault') serverFaults += 1;
        const tries = { attempt, serverFaults };
        const isOver = scope.signal.aborted || this.#closing.signal.aborted;
        const waitMs = isOver ? undefined : this.#nextWaitMs(error, tries, waitedMs);
        if (waitMs === undefined) throw error;
        const { operation } = call;
        call.onRetry?.({ operation, attempt, waitMs, reason: error.reason, httpStatus: error.httpStatus });
        waitedMs += waitMs;
        // When the time is up meanwhile, what went wrong says more than that it took too long.
        await scope.wait(clock, waitMs).catch((ended: unknown) => {
          throw call.signal?.aborted === true ? ended : error;
        });
      }
    }
  }

  /** One attempt, its body left open: for streams. The caller reads or destroys the body. */
  async open(call: HttpCall, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const response = await this.#request(call, signal).catch((error: unknown) => {
      throw networkError(signal.aborted ? signal.reason : error);
    });
    if (response.statusCode >= 200 && response.statusCode < 300) return response;
    throw await this.#errorOf(response);
  }

  /** There is no connection. */
  get isIdle(): boolean {
    return this.#connected === 0 && this.#outdated.size === 0;
  }

  /** Calls from now on go over new connections. */
  reconnect(): void {
    const outdated = this.#agent;
    this.#agent = this.#openAgent();
    this.#makeRoom(0);
    this.#outdated.add(outdated);
    void outdated.close().then(() => this.#outdated.delete(outdated));
  }

  async close(): Promise<void> {
    this.#closing.abort(new KubernetesApiError(CLOSED));
    await Promise.all([this.#agent, ...this.#outdated].map((agent) => agent.destroy()));
  }

  #openAgent(): Agent {
    const onHttp1 = (): void => {
      if (!this.#isHttp2) return;
      this.#isHttp2 = false;
      this.reconnect();
    };
    const agent = openAgent(this.#connection, { ...this.#options, http2: this.#isHttp2, onHttp1 });
    let connected = 0;
    const counted = (change: number): void => {
      connected += change;
      if (agent === this.#agent) this.#makeRoom(connected);
    };
    agent.on('connect', () => counted(1));
    agent.on('disconnect', () => counted(-1));
    return agent;
  }

  /** Calls are let go only as far as connections are there to take them: none waits for a handshake of another one. */
  #makeRoom(connected: number): void {
    this.#connected = connected;
    const room = this.#isHttp2 ? STREAMS_PER_CONNECTION * Math.max(1, connected) : Infinity;
    this.#limit.resize(Math.min(this.#options.inFlightMax, room));
  }

  /** Opens a further connection beside the calls, by a call of its own that finds no room on the others. */
  #widen(): void {
    const { inFlightMax, connectTimeoutMs } = this.#options;
    const isWide = !this.#isHttp2 || this.#connected * STREAMS_PER_CONNECTION >= inFlightMax;
    if (isWide || this.#isWidening || this.#connected === 0) return;
    this.#isWidening = true;
    this.#request({ operation: 'version', method: 'GET', path: '/version' }, AbortSignal.timeout(connectTimeoutMs))
      .then(({ body }) => body.dump())
      // Then there is one connection less, and nothing else.
      .catch(() => undefined)
      .finally(() => {
        this.#isWidening = false;
      });
  }

  #nextWaitMs(
    error: KubernetesApiError,
    tries: Parameters<typeof nextWaitMs>[1],
    waitedMs: number,
  ): number | undefined {
    return nextWaitMs(error, tries, waitedMs, this.#options.random(), this.#options.retryBudget);
  }

  async #attempt<T>(call: HttpCall, read: BodyReader<T>, signal: AbortSignal): Promise<Received<T>> {
    // Asked once more, as the last thing before anything is sent: a caller's signal may come true without notifying.
    if (call.signal?.aborted === true) throw new KubernetesApiError(CANCELLED);
    using scope = new CallScope(this.#options.clock, this.#options.attemptDeadlineMs, signal);
    try {
      const response = await this.open(call, scope.signal);
      return { value: await read(response.body), warnings: readWarnings(response.headers['warning']) };
    } catch (error) {
      throw scope.signal.aborted ? scope.signal.reason : error;
    }
  }

  async #errorOf(response: Dispatcher.ResponseData): Promise<KubernetesApiError> {
    const { statusCode, headers } = response;
    const text = await readBody(response.body, ANSWER_LIMITS.errorMaxBytes);
    if (statusCode >= 300 && statusCode < 400) {
      const message = 'the API server answered with a redirect, which is not followed';
      return new KubernetesApiError({ httpStatus: statusCode, reason: 'UnexpectedRedirect', message });
    }
    const seconds = Number(headers['retry-after']);
    return errorFromStatus(statusCode, text, Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined);
  }

  #request(call: HttpCall, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { auth } = this.#connection;
    return this.#agent.request({
      origin: this.#origin,
      path: `${this.#basePath}${call.path}${queryOf(call.query)}`,
      method: call.method,
      signal: AbortSignal.any([signal, this.#closing.signal]),
      headers: {
        accept: call.accept ?? 'application/json',
        'user-agent': this.#options.userAgent,
        ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
        ...('token' in auth ? { authorization: `Bearer ${auth.token}` } : {}),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
    });
  }
}

function queryOf(query: HttpCall['query']): string {
  const pairs = Object.entries(query ?? {}).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  if (pairs.length === 0) return '';
  return `?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
}
/** Texts of `Warning` headers, e.g. `299 - "spec.x is deprecated"`. */
export function readWarnings(header: string | readonly string[] | undefined): string[] {
  if (header === undefined) return [];
  const joined = typeof header === 'string' ? header : header.join(', ');
  return [...joined.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) =>
    (match[1] ?? '').replace(/\\(.)/g, '$1'),
  );
}
