import { createServer, type Server } from 'node:http';
import { readiness, type HealthChecks, type Readiness } from './readiness.ts';

export interface HealthAddress {
  /** 0 for none. */
  readonly port: number;
  /** The address to listen on: loopback, or where a kubelet gets to. */
  readonly host: string;
}

/**
 * `/healthz`: the process runs, whatever else is away. `/readyz`: it serves, and what it needs answers. Listens from the
 * first moment of a process to its last, so that nobody ends one that only waits for its database.
 */
export class HealthServer {
  #server: Server | undefined;
  #phase: 'starting' | 'serving' | 'ending' = 'starting';
  #checks: HealthChecks = {};
  /** All who ask at once get one answer: a dependency that hangs is not asked again and again. */
  #asked: Promise<Readiness> | undefined;

  /** @throws when the port is taken */
  async listen({ port, host }: HealthAddress): Promise<void> {
    if (port === 0) return;
    const server = createServer((request, response) => {
      void this.answer(request.url ?? '/').then(([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.#server = server;
  }

  /** From now on it is ready as long as the checks pass. */
  serve(checks: HealthChecks): void {
    this.#checks = checks;
    this.#phase = 'serving';
  }

  /** From now on it is not ready any more: others take over. */
  end(): void {
    this.#phase = 'ending';
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  /** Status and body for a path. */
  async answer(path: string): Promise<[number, unknown]> {
    if (path === '/healthz') return [200, { status: 'ok' }];
    if (path !== '/readyz') return [404, { status: 'not found' }];
    const state = await this.#readiness();
    return [state.ready ? 200 : 503, state];
  }

  #readiness(): Promise<Readiness> {
    if (this.#phase !== 'serving') return Promise.resolve({ ready: false, checks: { process: this.#phase } });
    this.#asked ??= readiness(this.#checks).finally(() => {
      this.#asked = undefined;
    });
    return this.#asked;
  }
}

/** A health server that listens where the settings say. */
export async function startHealthServer(settings: {
  readonly HEALTH_PORT: number;
  readonly HEALTH_HOST: string;
}): Promise<HealthServer> {
  const health = new HealthServer();
  await health.listen({ port: settings.HEALTH_PORT, host: settings.HEALTH_HOST });
  return health;
}
