import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { BusConnection, RpcCaller } from '@ushadow/messaging';
import {
  busOf,
  natsFor,
  startServices,
  tcpProxy,
  testDatabase,
  throughProxy,
  type RunningSystem,
  type TcpProxy,
  type TestDatabase,
} from '@ushadow/testing';
import { tmpdir } from 'node:os';

/** So late that the connection of the handlers stands long after the one by which the bus is checked. */
const LATENCY_MS = 250;

let database: TestDatabase;
let far: TcpProxy;
let bus: BusConnection;
let system: RunningSystem;

beforeAll(async () => {
  database = await testDatabase();
  const { url } = await natsFor(import.meta.url);
  const { hostname, port } = new URL(url);
  far = await tcpProxy({ host: hostname, port: Number(port) });
  far.setLatency(LATENCY_MS);
  bus = new BusConnection(busOf(url, 'gateway'));
  bus.onApplicationBootstrap();
  await bus.opened();
  system = await startServices({
    database,
    natsUrl: url,
    composeDirectory: tmpdir(),
    only: ['cluster-service'],
    env: { 'cluster-service': { NATS_URL: throughProxy(url, far), STATUS_INTERVAL_SECONDS: '0' } },
  });
});
afterAll(async () => {
  await system.stop();
  await bus.onApplicationShutdown();
  await far.close();
  await database.drop();
});

it('a service that says it is ready answers, however far away the bus is', async () => {
  const answer = new RpcCaller(bus).call(operations.listClusters, {}, { requestId: 'ready', actor: 'test' });
  expect(await answer).toEqual([]);
});
