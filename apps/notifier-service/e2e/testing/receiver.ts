import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server that notifications are sent to. */
export class Receiver {
  readonly received: Received[] = [];
  readonly url: string;
  /** What it does with each request; 204 unless told. */
  answer: (response: ServerResponse, request: Received) => void = (response) => response.writeHead(204).end();
  private readonly end: () => void;

  private constructor(server: ReturnType<typeof createServer>) {
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    this.end = () => {
      server.closeAllConnections();
      server.close();
    };
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
        this.received.push(one);
        this.answer(response, one);
      });
    });
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Receiver(server);
  }

  at(path: string): readonly Received[] {
    return this.received.filter((each) => each.path === path);
  }

  stop(): void {
    this.end();
  }
}
