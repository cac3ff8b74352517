import type { WebSocketStream } from '@ushadow/byte-streams/web-socket';
import { byteChannels, FORWARD_ERROR_HEADER, forwardedTo, type ForwardedTo, type StreamEnd } from '@ushadow/contracts';
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Duplex, pipeline } from 'node:stream';
import { lost, readEnd } from './read-end.ts';

export interface Forwarding {
  /** Of this machine. */
  readonly port: number;
  readonly target: ForwardedTo;
  /** Resolves when it was stopped. @throws DomainError when it ends by itself */
  readonly ended: Promise<void>;
  stop(): void;
}

export interface ForwardOptions {
  /** Of this machine; 0 for any that is free, absent for the same as the pod's. */
  readonly port: number | undefined;
  /** A connection could not be made; the others go on. */
  readonly onProblem: (message: string) => void;
}

const LOOPBACK = '127.0.0.1';

/**
 * Takes connections at a port of this machine's loopback and passes each on through the stream: it carries HTTP/2, in which each
 * connection is a request whose body is what is sent, with a window of its own, so that none holds up another.
 */
export async function forwardPort(stream: WebSocketStream, options: ForwardOptions): Promise<Forwarding> {
  const { carrier, end } = carry(stream);
  end.catch(() => undefined);
  const session = connect('http://pod', { createConnection: () => carrier });
  session.on('error', () => undefined);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    passOn(session, socket, options.onProblem),
  );
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const stop = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
    session.destroy();
    stream.cancel();
  };
  let target: ForwardedTo;
  try {
    target = await Promise.race([ask(session), end.then((): Promise<ForwardedTo> => Promise.reject(lost()))]);
    await listen(server, options.port ?? target.port);
  } catch (error) {
    stop();
    throw error;
  }
  let isStopped = false;
  const ended = end
    .then(
      () => lost('the other side ended it'),
      (error: unknown) => error,
    )
    .then((error) => {
      stop();
      if (!isStopped) throw error;
    });
  ended.catch(() => undefined);
  return {
    port: (server.address() as AddressInfo).port,
    target,
    ended,
    stop: () => {
      isStopped = true;
      stop();
    },
  };
}

/** The bytes of a stream's one channel each way, and how it ended. */
function carry(stream: WebSocketStream): { readonly carrier: Duplex; readonly end: Promise<StreamEnd> } {
  let wanted: () => void = () => undefined;
  const carrier = new Duplex({
    read: () => wanted(),
    write: (bytes: Buffer, _encoding, done) => void stream.write(byteChannels.stdin, bytes).then(() => done(), done),
    final: (done) => {
      stream.cancel();
      done();
    },
  });
  carrier.on('error', () => undefined);
  const read = async (): Promise<StreamEnd> => {
    try {
      for await (const { channel, bytes } of stream.frames) {
        if (channel === byteChannels.status) return readEnd(bytes);
        if (channel !== byteChannels.stdout) continue;
        const room = new Promise<void>((resolve) => (wanted = resolve));
        if (!carrier.push(bytes)) await room;
      }
      throw lost();
    } finally {
      carrier.destroy();
    }
  };
  return { carrier, end: read() };
}

/** What is at the other end. */
async function ask(session: ClientHttp2Session): Promise<ForwardedTo> {
  const request = session.request({ ':method': 'GET', ':path': '/' });
  const parts: Buffer[] = [];
  try {
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  } catch {
    // How the stream ended says why.
    return new Promise(() => undefined);
  }
  if (parts.length === 0) return new Promise(() => undefined);
  return forwardedTo.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
}

function passOn(session: ClientHttp2Session, socket: Socket, onProblem: ForwardOptions['onProblem']): void {
  socket.on('error', () => undefined);
  if (session.destroyed || session.closed) {
    socket.destroy();
    return;
  }
  const request = session.request({ ':method': 'POST', ':path': '/' }, { endStream: false });
  request.on('trailers', (headers: IncomingHttpHeaders) => {
    const problem = headers[FORWARD_ERROR_HEADER];
    if (typeof problem === 'string') onProblem(decodeURIComponent(problem));
  });
  // Either end gone is the end of both; a side that has no more to send may still read.
  pipeline(socket, request, () => undefined);
  pipeline(request, socket, () => undefined);
  request.on('close', () => socket.destroySoon());
  socket.on('close', () => request.close());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
}
