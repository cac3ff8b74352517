import { channels, type ByteStream } from '@ushadow/byte-streams';
import { FORWARD_ERROR_HEADER, type ForwardedTo } from '@ushadow/contracts';
import type { PodPort } from '@ushadow/kubernetes';
import { once } from 'node:events';
import {
  performServerHandshake,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from './sessions.ts';
import { toShellError } from './to-shell-error.ts';

export interface ConnectionTarget {
  readonly target: ForwardedTo;
  readonly connect: (signal: AbortSignal) => Promise<PodPort>;
  readonly lastWordsMs?: number;
}

const CONNECTIONS_MAX = 100;
const WINDOW_BYTES = 256 * 1024;
const OK = 200;
/** What a pod still sends to who has no more to say: it cannot be told so, and is let go when it is silent for so long. */
const LAST_WORDS_MS = 10_000;

/**
 * The other side of a forwarded port: HTTP/2 within the stream, each POST in it a connection to the pod. Gives how many there
 * were, once the other side has ended it; throws the session's reason.
 */
export async function serveConnections(
  stream: ByteStream,
  session: Session,
  { target, connect, lastWordsMs = LAST_WORDS_MS }: ConnectionTarget,
): Promise<{ connections: number }> {
  let connections = 0;
  const carrier = carrierOf(stream, session);
  const http2: ServerHttp2Session = performServerHandshake(carrier, {
    settings: { maxConcurrentStreams: CONNECTIONS_MAX, initialWindowSize: WINDOW_BYTES },
  });
  http2.on('error', () => undefined);
  http2.on('stream', (request: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    request.on('error', () => undefined);
    if (headers[':method'] === 'GET') {
      request.respond({ ':status': OK, 'content-type': 'application/json' });
      request.end(JSON.stringify(target));
      return;
    }
    connections += 1;
    void serveConnection(request, session, { connect, lastWordsMs });
  });
  const closed = once(http2, 'close');
  const end = (): void => {
    http2.destroy();
    carrier.destroy();
  };
  session.signal.addEventListener('abort', end, { once: true });
  if (session.signal.aborted) end();
  await closed;
  session.signal.throwIfAborted();
  return { connections };
}

/** Stream as the connection that HTTP/2 runs over. */
function carrierOf(stream: ByteStream, session: Session): Duplex {
  let wanted: () => void = () => undefined;
  const carrier = new Duplex({
    read: () => wanted(),
    write: (bytes: Buffer, _encoding, done) => {
      session.touch();
      stream.write(channels.stdout, bytes).then(() => done(), done);
    },
    destroy: (error, done) => {
      wanted();
      done(error);
    },
  });
  carrier.on('error', () => undefined);
  const read = async (): Promise<void> => {
    for await (const { channel, bytes } of stream.frames) {
      if (channel !== channels.stdin) continue;
      session.touch();
      const room = new Promise<void>((resolve) => (wanted = resolve));
      if (!carrier.push(bytes)) await room;
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => carrier.destroy());
  return carrier;
}

async function serveConnection(
  request: ServerHttp2Stream,
  session: Session,
  { connect, lastWordsMs }: Required<Pick<ConnectionTarget, 'connect' | 'lastWordsMs'>>,
): Promise<void> {
  const silence = new Silence();
  const over = new AbortController();
  request.once('close', () => over.abort());
  const signal = AbortSignal.any([session.signal, over.signal]);
  let port: PodPort | undefined;
  let problem = '';
  // What goes wrong is known when something was sent already, so it is said at the end.
  request.respond({ ':status': OK }, { waitForTrailers: true });
  request.once('wantTrailers', () => {
    request.sendTrailers(problem === '' ? {} : { [FORWARD_ERROR_HEADER]: encodeURIComponent(problem) });
  });
  try {
    port = await connect(signal);
    sendAll(request, port, () => silence.lasts(lastWordsMs, signal)).catch(() => undefined);
    for await (const bytes of port.received) {
      session.touch();
      silence.breaks();
      if (!request.write(bytes)) await silence.during(once(request, 'drain', { signal }));
    }
  } catch (error) {
    problem = problemOf(error);
  } finally {
    if (!request.destroyed) request.end();
    port?.close();
  }
}

/** What comes from the other side, to its end; then what the pod still sends. */
async function sendAll(request: ServerHttp2Stream, port: PodPort, silent: () => Promise<void>): Promise<void> {
  try {
    for await (const bytes of request as AsyncIterable<Buffer>) await port.write(bytes);
    await silent();
  } finally {
    port.close();
  }
}

function problemOf(error: unknown): string {
  const known = toShellError(error);
  return known instanceof Error ? known.message : String(known);
}

/** How long the pod has said nothing; what has not been taken yet is still being said. */
class Silence {
  private heardAt = 0;
  private waiting = 0;

  breaks(): void {
    this.heardAt = performance.now();
  }

  async during(taken: Promise<unknown>): Promise<void> {
    this.waiting += 1;
    await taken;
    this.waiting -= 1;
    this.breaks();
  }

  /** Resolves when it has lasted so long from now on. */
  async lasts(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.breaks();
    for (let rest = milliseconds; rest > 0; rest = this.rest(milliseconds))
      await delay(rest, undefined, { signal, ref: false });
  }

  private rest(milliseconds: number): number {
    return this.waiting > 0 ? milliseconds : this.heardAt + milliseconds - performance.now();
  }
}
