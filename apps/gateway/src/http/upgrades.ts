import { allByteStreams, pathParameters } from '@ushadow/contracts';
import { WEB_SOCKET_OPTIONS } from '@ushadow/byte-streams/web-socket';
import { ServerResponse, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

const REFUSAL = 'HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

interface Asked {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/**
 * WebSockets at the paths of the contracts' sockets. Who asks for one goes through everything that a request goes through, so
 * that host, origin, limits and refusals are the same. Whoever asks for one elsewhere, from whatever page, is refused, and the
 * connection ends.
 */
export class Upgrades {
  private readonly webSockets = new WebSocketServer({ ...WEB_SOCKET_OPTIONS, noServer: true, clientTracking: false });
  private readonly asked = new WeakMap<IncomingMessage, Asked>();
  private readonly paths = Object.values(allByteStreams)
    .filter(({ kind }) => kind === 'socket')
    .map(({ path }) => patternOf(path));

  /** @param serve answers requests; whoever serves one that is to become a WebSocket calls `accept` */
  listen(server: Server, serve: RequestListener): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => undefined);
      if (!this.isServed(request)) {
        socket.end(REFUSAL);
        return;
      }
      this.asked.set(request, { socket, head });
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket as Socket);
      response.once('finish', () => socket.end());
      serve(request, response as Parameters<RequestListener>[1]);
    });
  }

  isAsked(request: IncomingMessage): boolean {
    return this.asked.has(request);
  }

  /** Its connection becomes a WebSocket; undefined where it is gone, or what was asked is none. */
  accept(request: IncomingMessage, response: ServerResponse): Promise<WebSocket | undefined> {
    const asked = this.asked.get(request);
    this.asked.delete(request);
    if (asked === undefined || asked.socket.destroyed) return Promise.resolve(undefined);
    const { socket, head } = asked;
    response.detachSocket(socket as Socket);
    return new Promise((resolve) => {
      socket.once('close', () => resolve(undefined));
      this.webSockets.handleUpgrade(request, socket, head, resolve);
    });
  }

  private isServed({ method, headers, url = '' }: IncomingMessage): boolean {
    const [path = ''] = url.split('?', 1);
    const isWebSocket = method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
    return isWebSocket && this.paths.some((pattern) => pattern.test(path));
  }
}

function patternOf(path: `/api/${string}`): RegExp {
  const text = pathParameters(path).reduce<string>((pattern, name) => pattern.replace(`:${name}`, '[^/]+'), path);
  return new RegExp(`^${text}$`);
}
