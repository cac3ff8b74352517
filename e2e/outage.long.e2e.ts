import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import {
  natsFor,
  startServices,
  tcpProxy,
  testDatabase,
  throughProxy,
  type RunningSystem,
  type TcpProxy,
  type TestDatabase,
} from '@ushadow/testing';
import { composeDirectory, gatewayClient } from './support/gateway.ts';

/** Longer than an answer "at once" takes, much shorter than any deadline of an operation. */
const AT_ONCE_MS = 6_000;

describe('while a server is away', () => {
  let database: TestDatabase;
  let nats: TcpProxy;
  let postgres: TcpProxy;
  let system: RunningSystem;
  let client: Client;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    nats = await proxyFor(natsUrl);
    postgres = await proxyFor(database.urls.clusters);
    const urls = Object.fromEntries(
      Object.entries(database.urls).map(([schema, url]) => [schema, throughProxy(url, postgres)]),
    );
    system = await startServices({
      database: { ...database, urls: urls as typeof database.urls },
      natsUrl: throughProxy(natsUrl, nats),
      composeDirectory,
    });
    client = gatewayClient(system.gatewayUrl);
  });

  afterAll(async () => {
    nats.mend();
    postgres.mend();
    await system.stop();
    await Promise.all([nats.close(), postgres.close()]);
    await database.drop();
  });

  it('answers 503 with a code at once when NATS is away, and recovers by itself', async () => {
    nats.cut();
    await untilAnswer('SERVICE_UNAVAILABLE');
    await expect(client.listServices({})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', kind: 'unavailable' });
    nats.mend();
    await untilAnswer('ok');
  });

  it('answers 503 with a code at once when Postgres is away, and recovers by itself', async () => {
    postgres.cut();
    const failed = await Promise.race([client.listClusters({}).catch((error: unknown) => error), later('no answer')]);
    expect(failed).toMatchObject({ code: 'STORE_UNAVAILABLE', kind: 'unavailable' });
    // What needs no database goes on.
    await expect(client.listServices({})).resolves.toMatchObject({ services: expect.any(Array) });
    postgres.mend();
    await untilAnswer('ok');
  });

  async function untilAnswer(wanted: string): Promise<void> {
    const limit = Date.now() + 30_000;
    for (;;) {
      // Each service has its own connection and comes back in its own time.
      const answers = await Promise.all([client.listClusters({}), client.listServices({})].map(codeOf));
      const answer = answers.find((code) => code !== 'ok') ?? 'ok';
      if (answer === wanted) return;
      if (Date.now() > limit) throw new Error(`still ${answer}, wanted ${wanted}`);
    }
  }
});

function codeOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
}

function later(value: string): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(resolve, AT_ONCE_MS, value).unref();
  });
}

function proxyFor(url: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(url);
  return tcpProxy({ host: hostname, port: Number(port) });
}
