import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { BusConnection, RpcCaller } from '@ushadow/messaging';
import { busOf, natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const files = [{ path: 'compose.yaml', content: Buffer.from('services: {web: {image: a}}').toString('base64') }];
const DAYS_MS = 86_400_000;

let directory: string;
let database: TestDatabase;
let natsUrl: string;
let system: RunningSystem;
let connection: BusConnection;
let caller: RpcCaller;
let admin: pg.Client;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'unused-'));
  database = await testDatabase();
  natsUrl = (await natsFor(import.meta.url)).url;
  const options = { database, natsUrl, composeDirectory: directory };
  system = await startServices({ ...options, only: ['compiler-service', 'deployer-service'] });
  connection = new BusConnection(busOf(natsUrl, 'gateway'));
  connection.onApplicationBootstrap();
  await connection.opened();
  caller = new RpcCaller(connection);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await connection?.onApplicationShutdown();
  await system?.stop();
  await database?.drop();
  await rm(directory, { recursive: true });
});

const uploads = async () =>
  Object.fromEntries((await caller.call(operations.listUploads, {})).uploads.map((each) => [each.name, each.goes_at]));

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

describe('an upload without a stack', () => {
  it('is named in the list, and goes; one with a stack in any cluster stays, and all do while nobody can say', async () => {
    for (const name of ['deployed', 'forgotten']) {
      const { goes_at: goesAt } = await caller.call(operations.uploadProject, { name, files });
      expect(goesAt).toBeNull();
    }
    await admin.query(`INSERT INTO deployments.stacks (id, target_id, namespace, project) VALUES ($1, 'c', 'n', $2)`, [
      randomUUID(),
      'deployed',
    ]);
    // Each process looks when it starts.
    await system.add('compiler-service');
    await until(async () => (await uploads())['forgotten'] !== null);
    const { deployed, forgotten } = await uploads();
    expect(deployed).toBeNull();
    const days = (Date.parse(forgotten ?? '') - Date.now()) / DAYS_MS;
    expect([days > 29, days <= 30]).toEqual([true, true]);

    await admin.query(`UPDATE catalog.uploads SET goes_at = now() - interval '1 day' WHERE name = 'forgotten'`);
    await Promise.all(system.processes('deployer-service').map((each) => each.process.stop()));
    await system.add('compiler-service');
    await until(() => Promise.resolve(system.logs('compiler-service').includes('all of them stay')));
    expect(Object.keys(await uploads())).toEqual(['deployed', 'forgotten']);

    await system.add('deployer-service');
    await system.add('compiler-service');
    await until(async () => Object.keys(await uploads()).length === 1);
    expect(await uploads()).toEqual({ deployed: null });
  });
});
