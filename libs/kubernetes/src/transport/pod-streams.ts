import WebSocket from 'ws';
import type { ClusterConnection } from '../connection.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { ExecOptions, ExecSession, PodId, PodPort, StreamOptions } from '../operations.ts';
import { objectPath } from '../rest-path.ts';
import { builtInMapping } from '../resource-table.ts';
import { CallScope } from './call-scope.ts';
import { dialler, type Dial } from './dialler.ts';
import { inWords } from './exec-status.ts';
import { Exec } from './exec.ts';
import type { HttpClientOptions } from './http-client.ts';
import { networkError } from './network-error.ts';
import { POD_SOCKET_OPTIONS, PodSocket, type PodSocketLimits } from './pod-socket.ts';
import { ForwardedPort } from './forwarded-port.ts';

/** The first that the server has is taken; before Kubernetes 1.30 that is v4, which cannot say that the input has ended. */
const EXEC_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const PORT_PROTOCOLS = ['v4.channel.k8s.io'];
const PODS = { group: '', version: 'v1', kind: 'Pod' } as const;

type Settings = Pick<HttpClientOptions, 'addresses' | 'clock' | 'connectTimeoutMs' | 'attemptDeadlineMs' | 'userAgent'>;

/** Streams to what runs in pods: each a WebSocket, which has a connection to the API server for itself. */
export class PodStreams {
  readonly #connection: ClusterConnection;
  readonly #settings: Settings;
  readonly #limits: PodSocketLimits;
  readonly #dial: Dial;
  readonly #open = new Set<AbortController>();

  constructor(connection: ClusterConnection, settings: Settings, limits: PodSocketLimits) {
    this.#connection = connection;
    this.#settings = settings;
    this.#limits = limits;
    this.#dial = dialler(connection, { ...settings, http2: false });
  }

  get isIdle(): boolean {
    return this.#open.size === 0;
  }

  /** @throws KubernetesApiError with the server's refusal */
  async exec(pod: PodId, options: ExecOptions): Promise<ExecSession> {
    const { container, command, stdin = false, tty = false } = options;
    const query = new URLSearchParams({ container, stdout: 'true' });
    // A terminal has one output.
    if (!tty) query.set('stderr', 'true');
    if (stdin) query.set('stdin', 'true');
    if (tty) query.set('tty', 'true');
    for (const part of command) query.append('command', part);
    const socket = await this.#connect(pod, 'exec', query, EXEC_PROTOCOLS, options).catch(
      (error: KubernetesApiError) => {
        throw inWords(error, command);
      },
    );
    return new Exec(socket, command);
  }

  /** One connection to a port of a pod. @throws KubernetesApiError with the server's refusal */
  async portForward(pod: PodId, port: number, options: StreamOptions): Promise<PodPort> {
    const query = new URLSearchParams({ ports: String(port) });
    const socket = await this.#connect(pod, 'portforward', query, PORT_PROTOCOLS, options).catch(
      (error: KubernetesApiError) => {
        throw inWords(error);
      },
    );
    return new ForwardedPort(socket, port);
  }

  close(): void {
    for (const each of this.#open) {
      const message = 'the connection to the cluster was closed';
      each.abort(new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionLost', message }));
    }
  }

  async #connect(
    pod: PodId,
    subresource: string,
    query: URLSearchParams,
    protocols: string[],
    { signal }: StreamOptions,
  ): Promise<PodSocket> {
    const ending = new AbortController();
    const over = new CallScope(this.#settings.clock, undefined, signal);
    const end = AbortSignal.any([ending.signal, over.signal]);
    const forget = (): void => {
      this.#open.delete(ending);
      over[Symbol.dispose]();
    };
    this.#open.add(ending);
    try {
      using scope = new CallScope(this.#settings.clock, this.#settings.attemptDeadlineMs, end);
      const url = this.#urlOf(pod, subresource);
      const socket = await this.#dialled(url, scope.signal);
      const { auth } = this.#connection;
      const headers = {
        'user-agent': this.#settings.userAgent,
        ...('token' in auth ? { authorization: `Bearer ${auth.token}` } : {}),
      };
      url.search = query.toString();
      const webSocket = new WebSocket(url, protocols, {
        ...POD_SOCKET_OPTIONS,
        headers,
        createConnection: () => socket,
      });
      const opened = await PodSocket.open(webSocket, this.#limits, scope.signal, forget);
      end.addEventListener('abort', () => opened.close(networkError(end.reason)), { once: true });
      if (end.aborted) opened.close(networkError(end.reason));
      return opened;
    } catch (error) {
      forget();
      throw networkError(error);
    }
  }

  async #dialled(url: URL, signal: AbortSignal): ReturnType<Dial> {
    signal.throwIfAborted();
    const port = url.port === '' ? '443' : url.port;
    const dialled = this.#dial({ host: url.host, hostname: url.hostname, protocol: 'https:', port });
    const over = Promise.withResolvers<never>();
    const giveUp = (): void => over.reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([dialled, over.promise]);
    } catch (error) {
      dialled.then(
        (socket) => socket.destroy(),
        () => undefined,
      );
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #urlOf(pod: PodId, subresource: string): URL {
    const mapping = builtInMapping(PODS);
    if (mapping === undefined) throw new Error('pods are always served');
    const url = new URL(this.#connection.server);
    url.protocol = 'wss:';
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${objectPath({ ...PODS, ...pod }, mapping)}/${subresource}`;
    return url;
  }
}
