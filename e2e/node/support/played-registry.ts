import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';

/** A registry on this machine's loopback that has nothing: `gone/…` does not exist, `private/…` wants a login. */
export class PlayedRegistry {
  readonly #server: Server;
  readonly host: string;

  private constructor(server: Server, host: string) {
    this.#server = server;
    this.host = host;
  }

  static async start(): Promise<PlayedRegistry> {
    const server = createServer((request, answer) => {
      const { port } = server.address() as { port: number };
      if (request.url === '/v2/') return send(answer, 200, {});
      if (request.url?.startsWith('/v2/gone/'))
        return send(answer, 404, refusal('MANIFEST_UNKNOWN', 'manifest unknown'));
      answer.setHeader('www-authenticate', `Bearer realm="http://127.0.0.1:${port}/token",service="played"`);
      return send(answer, 401, refusal('UNAUTHORIZED', 'authentication required'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    return new PlayedRegistry(server, `127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const refusal = (code: string, message: string): object => ({ errors: [{ code, message }] });

function send(answer: ServerResponse, status: number, body: object): void {
  answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
