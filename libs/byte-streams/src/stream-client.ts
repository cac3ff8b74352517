import { DomainError } from '@ushadow/contracts';
import { connect as connectHttp2, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Http2ByteStream, type ByteStream } from './byte-stream.ts';
import { OwnCertificate, shown, type Certificate } from './certificate.ts';
import { keepAlive, KEEP_ALIVE, type KeepAliveTimes } from './keep-alive.ts';
import {
  SESSION_MEMORY,
  SESSION_WINDOW_BYTES,
  STREAM_WINDOW_BYTES,
  STREAMS_PATH,
  TICKET_HEADER,
  TLS_OPTIONS,
} from './session-options.ts';
import type { StreamOffer } from './stream-server.ts';

/** Asks over the bus for a stream, for who shows that certificate. */
export type AskForStream = (certificateSha256: string) => Promise<StreamOffer>;

const CONNECT_MS = 5_000;
const ANSWER_MS = 5_000;
/** A session without a stream is kept for the next one. */
const IDLE_MS = 60_000;
const PARALLEL_MAX = 10_000;

/** Opens streams: one session to each process that offers some. */
export class StreamClient {
  private readonly certificate = new OwnCertificate();
  private readonly sessions = new Map<string, Promise<ClientHttp2Session>>();
  private readonly times: KeepAliveTimes;

  constructor(times: KeepAliveTimes = KEEP_ALIVE) {
    this.times = times;
  }

  /**
   * Asks for a stream and opens it; the signal ends it.
   * @throws DomainError what is answered, or `SERVICE_UNAVAILABLE` when the stream cannot be had
   */
  async open(ask: AskForStream, signal: AbortSignal): Promise<ByteStream> {
    const own = await this.certificate.current();
    const offer = await ask(own.sha256);
    try {
      signal.throwIfAborted();
      const session = await this.session(offer, own);
      return await openStream(session, offer.ticket, signal);
    } catch (cause) {
      const message = 'The process that has the stream cannot be reached; this recovers by itself.';
      throw new DomainError('SERVICE_UNAVAILABLE', 'unavailable', message, { cause });
    }
  }

  /** Ends every stream. */
  async close(): Promise<void> {
    const opening = [...this.sessions.values()];
    this.sessions.clear();
    for (const each of await Promise.allSettled(opening)) if (each.status === 'fulfilled') each.value.destroy();
  }

  private session(offer: StreamOffer, own: Certificate): Promise<ClientHttp2Session> {
    const key = [offer.address, offer.certificate_sha256, own.sha256].join(' ');
    const known = this.sessions.get(key);
    if (known !== undefined) return known;
    const opening = openSession(offer, own, this.times);
    const forget = (): void => {
      if (this.sessions.get(key) === opening) this.sessions.delete(key);
    };
    this.sessions.set(key, opening);
    opening.then((session) => {
      for (const event of ['close', 'goaway', 'error']) session.on(event, forget);
      if (session.closed || session.destroyed) forget();
    }, forget);
    return opening;
  }
}

/** Nothing is said to who does not show the certificate that the bus has told of. */
function openSocket({ address, certificate_sha256: expected }: StreamOffer, own: Certificate): Promise<TLSSocket> {
  const { hostname, port } = new URL(`https://${address}`);
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...TLS_OPTIONS,
      ALPNProtocols: [...TLS_OPTIONS.ALPNProtocols],
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port),
      cert: own.cert,
      key: own.key,
      // Not who signed it but the certificate itself is what counts, and is looked at before anything is sent.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const limit = setTimeout(() => fail(new Error('connecting took too long')), CONNECT_MS);
    socket.once('error', fail);
    socket.once('close', () => {
      clearTimeout(limit);
      reject(new Error('the connection was closed'));
    });
    socket.once('secureConnect', () => {
      clearTimeout(limit);
      if (shown(socket.getPeerX509Certificate()) !== expected) fail(new Error('another certificate is shown'));
      else if (socket.alpnProtocol !== 'h2') fail(new Error('it does not speak HTTP/2'));
      else resolve(socket);
    });
  });
}

async function openSession(offer: StreamOffer, own: Certificate, times: KeepAliveTimes): Promise<ClientHttp2Session> {
  const socket = await openSocket(offer, own);
  const session = connectHttp2(`https://${offer.address}`, {
    createConnection: () => socket,
    maxSessionMemory: SESSION_MEMORY,
    peerMaxConcurrentStreams: PARALLEL_MAX,
    settings: { initialWindowSize: STREAM_WINDOW_BYTES, enablePush: false },
  });
  session.on('error', () => undefined);
  socket.on('error', () => undefined);
  session.once('connect', () => session.setLocalWindowSize(SESSION_WINDOW_BYTES));
  keepAlive(session, times);
  endWhenIdle(session);
  return session;
}

const openStreams = new WeakMap<ClientHttp2Session, Set<ClientHttp2Stream>>();

function endWhenIdle(session: ClientHttp2Session): void {
  openStreams.set(session, new Set());
  let idleSince = performance.now();
  const timer = setInterval(() => {
    if ((openStreams.get(session)?.size ?? 0) > 0) idleSince = performance.now();
    else if (performance.now() - idleSince > IDLE_MS) session.close();
  }, IDLE_MS / 2);
  timer.unref();
  session.once('close', () => clearInterval(timer));
}

function openStream(session: ClientHttp2Session, ticket: string, signal: AbortSignal): Promise<ByteStream> {
  return new Promise((resolve, reject) => {
    const stream = session.request(
      { ':method': 'POST', ':path': STREAMS_PATH, [TICKET_HEADER]: ticket },
      { endStream: false },
    );
    const bytes = new Http2ByteStream(stream);
    const own = openStreams.get(session);
    own?.add(stream);
    const onAbort = (): void => bytes.cancel();
    const limit = setTimeout(onAbort, ANSWER_MS);
    signal.addEventListener('abort', onAbort, { once: true });
    stream.once('close', () => {
      clearTimeout(limit);
      own?.delete(stream);
      signal.removeEventListener('abort', onAbort);
      reject(new Error('the stream was not opened'));
    });
    stream.on('error', () => undefined);
    stream.once('response', (headers) => {
      clearTimeout(limit);
      if (headers[':status'] === 200) resolve(bytes);
      else {
        bytes.cancel();
        reject(new Error('the ticket was refused'));
      }
    });
    if (signal.aborted) onAbort();
  });
}
