import { selfSigned } from '@ushadow/testing';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ClusterConnection } from '../../src/index.ts';

/** Plays the part of an API server that streams to pods, in whatever way a test wants it to behave. */
export class PodServer {
  readonly requests: IncomingMessage[] = [];
  /** Which protocols it has; the first that the client asked for is taken. */
  protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
  /** Instead of a stream. */
  refusal: ((request: IncomingMessage, socket: Socket) => void) | undefined;
  onStream: (socket: WebSocket) => void = () => undefined;
  onRequest: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('{}');
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #identity = selfSigned('pods');

  constructor() {
    const { privateKey: key, certificate: cert } = this.#identity;
    this.#server = createServer({ key, cert }, (request, response) => this.onRequest(request, response));
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    const streams = new WebSocketServer({
      noServer: true,
      handleProtocols: (asked) => [...asked].find((each) => this.protocols.includes(each)) ?? false,
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.requests.push(request);
      if (this.refusal !== undefined) return this.refusal(request, socket);
      streams.handleUpgrade(request, socket, head, (stream) => {
        stream.on('error', () => undefined);
        this.onStream(stream);
      });
    });
  }

  async start(): Promise<ClusterConnection> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return {
      server: `https://127.0.0.1:${String(port)}/behind/a/path`,
      caData: Buffer.from(this.#identity.certificate).toString('base64'),
      auth: { token: 'canary' },
    };
  }

  /** Connections at present. */
  get connections(): number {
    return this.#sockets.size;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export function answers(socket: Socket, status: string, body: string, headers = ''): void {
  const length = String(Buffer.byteLength(body));
  socket.end(`HTTP/1.1 ${status}\r\n${headers}Content-Length: ${length}\r\nConnection: close\r\n\r\n${body}`);
}

export const message = (channel: number, payload: string | Uint8Array = ''): Buffer =>
  Buffer.concat([Buffer.of(channel), Buffer.from(payload as Uint8Array)]);
