import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Agent, type buildConnector } from 'undici';
import type { ClusterConnection } from '../connection.ts';
import { dialler, type DialOptions, type Target } from './dialler.ts';
import { guardStreams } from './stream-errors.ts';

/** kube-apiserver allows 100 concurrent streams per connection by default. */
export const STREAMS_PER_CONNECTION = 100;
const HTTP1_CONNECTIONS = 16;
const LOOKS_PER_SILENCE = 10;
/** Windows wide enough that a hundred answers come in one round trip, however far away the server is. */
const HTTP2 = {
  initialWindowSize: 1024 * 1024,
  connectionWindowSize: 16 * 1024 * 1024,
} as const;

export interface AgentOptions extends DialOptions {
  /** A server that lives answers each ping, so that some bytes come at least this often. */
  readonly pingIntervalMs: number;
  /** A connection that has been silent for so long is ended; much longer than a ping takes. */
  readonly silenceMaxMs: number;
  /** HTTP/2, or a pool of HTTP/1.1 connections for servers that do not speak it. */
  readonly http2: boolean;
  /** HTTP/2 connections; another one is made only when all streams of the others are taken. */
  readonly connectionsMax: number;
  /** Called when a server that was offered HTTP/2 chose HTTP/1.1. */
  readonly onHttp1?: () => void;
}

/** The agent belongs to one credential: client certificates are bound to the TLS session. */
export function openAgent(connection: ClusterConnection, options: AgentOptions): Agent {
  guardStreams();
  const shape = options.http2
    ? {
        connections: options.connectionsMax,
        pipelining: STREAMS_PER_CONNECTION,
        h2Options: { ...HTTP2, pingInterval: options.pingIntervalMs },
      }
    : { connections: HTTP1_CONNECTIONS * options.connectionsMax, pipelining: 1 };
  return new Agent({
    ...shape,
    allowH2: options.http2,
    // Every call has its own deadline; a watch may be silent for long.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 90_000,
    connect: connectorOf(connection, options),
  });
}

function connectorOf(connection: ClusterConnection, options: AgentOptions): buildConnector.connector {
  const dial = dialler(connection, options);
  const connectAny = async (target: Target): Promise<Socket> => {
    const socket = await dial(target);
    if (options.http2 && (socket as TLSSocket).alpnProtocol !== 'h2') options.onHttp1?.();
    else if (options.http2) endWhenSilent(socket, options.silenceMaxMs);
    return socket;
  };
  return (target, callback) => {
    connectAny(target).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error as Error, null),
    );
  };
}

/** Ends a connection whose peer is gone without having said so; calls on it are then made anew over another one. */
function endWhenSilent(socket: Socket, silenceMaxMs: number): void {
  let heard = socket.bytesRead;
  let heardAt = performance.now();
  const timer = setInterval(() => {
    if (socket.bytesRead !== heard) {
      heard = socket.bytesRead;
      heardAt = performance.now();
    } else if (performance.now() - heardAt > silenceMaxMs) socket.destroy();
  }, silenceMaxMs / LOOKS_PER_SILENCE);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
