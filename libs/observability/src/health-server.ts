import { createServer, type Server } from 'node:http';

export type HealthCheck = () => Promise<void>;
export type HealthChecks = Readonly<Record<string, HealthCheck>>;

export interface Readiness {
  readonly ready: boolean;
  /** `ok`, or why not, by dependency. */
  readonly checks: Readonly<Record<string, string>>;
}

export async function readiness(checks: HealthChecks): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await check();
        return [name, 'ok'] as const;
      } catch {
        // The reason may hold an address or a password: the log has it, this page does not.
        return [name, 'unavailable'] as const;
      }
    }),
  );
  return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
}

/** `/healthz`: the process runs. `/readyz`: its dependencies answer. On loopback only; a kubelet reaches it through exec or a sidecar host. */
export async function startHealthServer(port: number, host: string, checks: HealthChecks): Promise<Server | undefined> {
  if (port === 0) return undefined;
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', checks).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

async function answer(path: string, checks: HealthChecks): Promise<[number, unknown]> {
  if (path === '/healthz') return [200, { status: 'ok' }];
  if (path !== '/readyz') return [404, { status: 'not found' }];
  const state = await readiness(checks);
  return [state.ready ? 200 : 503, state];
}
