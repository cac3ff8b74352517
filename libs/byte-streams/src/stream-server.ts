import { DomainError } from '@ushadow/contracts';
import {
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { constants as crypto } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Http2ByteStream, type ByteStream } from './byte-stream.ts';
import { OwnCertificate, shown } from './certificate.ts';
import { keepAlive, KEEP_ALIVE, type KeepAliveTimes } from './keep-alive.ts';
import {
  SESSION_MEMORY,
  SESSION_WINDOW_BYTES,
  STREAM_WINDOW_BYTES,
  STREAMS_PATH,
  TICKET_HEADER,
  TLS_OPTIONS,
} from './session-options.ts';
import { Tickets } from './tickets.ts';

/** Where a stream is to be had, and by what: an answer over the bus. */
export interface StreamOffer {
  readonly address: string;
  readonly certificate_sha256: string;
  readonly ticket: string;
}

/** Serves one stream until it resolves; `signal` is aborted when the other side is gone or this process ends. */
export type StreamHandler = (stream: ByteStream, signal: AbortSignal) => Promise<void>;

export interface StreamServerOptions {
  readonly host: string;
  readonly port: number;
  /** What others reach it by, `host` or `host:port`; unless given, the address it listens on. */
  readonly advertised?: string | undefined;
  /** Streams of one gateway, and of all. */
  readonly perSession: number;
  readonly inAll: number;
  readonly keepAlive?: KeepAliveTimes;
  readonly ticketLifeMs?: number;
  readonly onFailure: (error: unknown) => void;
}

/** Whoever opens no stream in this time is no gateway of ours. */
const FIRST_STREAM_MS = 15_000;
const CONNECTIONS_MAX = 256;
/** What is under way has so long to say its last when the process ends. */
const HANDLER_END_MS = 1_000;
const SESSION_END_MS = 2_000;

/** Hands out streams: an offer goes over the bus, and who comes with its ticket and its certificate gets the stream. */
export class StreamServer {
  private readonly options: StreamServerOptions;
  private readonly certificate = new OwnCertificate();
  private readonly tickets: Tickets<StreamHandler>;
  private readonly open = new Map<ByteStream, Promise<void>>();
  private readonly sessions = new Map<ServerHttp2Session, string>();
  private readonly ending = new AbortController();
  private server: Http2SecureServer | undefined;
  private servedBy: string | undefined;

  constructor(options: StreamServerOptions) {
    this.options = options;
    this.tickets = new Tickets(options.ticketLifeMs);
  }

  /** Streams that are open. */
  get size(): number {
    return this.open.size;
  }

  async listen(): Promise<void> {
    const { cert, key, sha256 } = await this.certificate.current();
    const server = createSecureServer({
      ...TLS_OPTIONS,
      cert,
      key,
      requestCert: true,
      // Nobody signs for anybody: each stream asks for the very certificate that the bus has told of.
      rejectUnauthorized: false,
      secureOptions: crypto.SSL_OP_NO_TICKET,
      maxSessionMemory: SESSION_MEMORY,
      settings: { initialWindowSize: STREAM_WINDOW_BYTES, maxConcurrentStreams: this.options.perSession },
    });
    server.maxConnections = CONNECTIONS_MAX;
    server.on('session', (session: ServerHttp2Session) => this.welcome(session));
    server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => this.accept(stream, headers));
    for (const event of ['sessionError', 'tlsClientError', 'error']) server.on(event, () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.port, this.options.host, resolve);
    });
    this.server = server;
    this.servedBy = sha256;
  }

  /**
   * A stream for who has that certificate.
   * @throws DomainError `SERVICE_UNAVAILABLE` when there are as many as there may be, or the process ends
   */
  async offer(handler: StreamHandler, certificateOfClient: string): Promise<StreamOffer> {
    if (this.server === undefined || this.ending.signal.aborted) throw unavailable('This process is ending.');
    if (this.open.size + this.tickets.size >= this.options.inAll)
      throw unavailable(`As many streams are open as there may be (${String(this.options.inAll)}). Close some.`);
    const { cert, key, sha256 } = await this.certificate.current();
    // For who connects from now on; sessions that stand go on.
    if (sha256 !== this.servedBy) this.server.setSecureContext({ ...TLS_OPTIONS, cert, key });
    this.servedBy = sha256;
    const ticket = this.tickets.issue(handler, certificateOfClient);
    return { address: this.address(this.server), certificate_sha256: sha256, ticket };
  }

  /** Tells every stream that the process ends, gives each a moment to say its last, and closes. */
  async close(): Promise<void> {
    const { server } = this;
    if (server === undefined || this.ending.signal.aborted) return;
    this.ending.abort();
    this.tickets.clear();
    const closed = new Promise((resolve) => server.close(resolve));
    await within(HANDLER_END_MS, Promise.all(this.open.values()));
    for (const stream of this.open.keys()) void stream.end({ reason: 'restart' });
    for (const session of this.sessions.keys()) session.close();
    await within(SESSION_END_MS, closed);
    for (const session of this.sessions.keys()) session.destroy();
  }

  /** Ends everything at once, without a word. */
  destroy(): void {
    this.server?.close();
    for (const session of this.sessions.keys()) session.destroy();
  }

  private address(server: Http2SecureServer): string {
    const { port } = server.address() as AddressInfo;
    const { advertised, host } = this.options;
    if (advertised === undefined) return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
    return /:\d+$/.test(advertised) ? advertised : `${advertised}:${String(port)}`;
  }

  private welcome(session: ServerHttp2Session): void {
    session.on('error', () => undefined);
    const certificate = shown((session.socket as TLSSocket).getPeerX509Certificate());
    if (certificate === undefined || this.ending.signal.aborted) {
      session.destroy();
      return;
    }
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
    keepAlive(session, this.options.keepAlive ?? KEEP_ALIVE);
    const unused = setTimeout(() => session.destroy(), FIRST_STREAM_MS);
    session.once('stream', () => clearTimeout(unused));
    this.sessions.set(session, certificate);
    session.once('close', () => {
      clearTimeout(unused);
      this.sessions.delete(session);
    });
  }

  private accept(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', () => undefined);
    const { session } = stream;
    const certificate = session === undefined ? undefined : this.sessions.get(session as ServerHttp2Session);
    const ticket = headers[TICKET_HEADER];
    const offered =
      certificate === undefined || typeof ticket !== 'string' || headers[':path'] !== STREAMS_PATH
        ? undefined
        : this.tickets.take(ticket, certificate);
    if (offered === undefined) {
      stream.respond({ ':status': 403 }, { endStream: true });
      stream.close();
      return;
    }
    stream.respond({ ':status': 200 });
    const bytes = new Http2ByteStream(stream);
    const served = this.serve(offered, bytes).finally(() => this.open.delete(bytes));
    this.open.set(bytes, served);
  }

  private async serve(handler: StreamHandler, stream: ByteStream): Promise<void> {
    const signal = AbortSignal.any([stream.signal, this.ending.signal]);
    try {
      await handler(stream, signal);
      await stream.end({ reason: this.ending.signal.aborted ? 'restart' : 'done' });
    } catch (error) {
      if (!signal.aborted) this.options.onFailure(error);
      await stream.end(this.ending.signal.aborted ? { reason: 'restart' } : { reason: 'failure' });
    }
  }
}

async function within(milliseconds: number, what: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, milliseconds);
  await Promise.race([what, limit.promise]);
  clearTimeout(timer);
}

function unavailable(message: string): DomainError {
  return new DomainError('SERVICE_UNAVAILABLE', 'unavailable', message, { details: { retry_after_seconds: 5 } });
}
