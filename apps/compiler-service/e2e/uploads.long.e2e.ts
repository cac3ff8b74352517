import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
/** Within every limit of the loader, and far more than a service may take here that has a tenth of a second. */
const large = [
  'services:',
  ...range(900).map(
    (i) =>
      `  s${String(i)}: {image: "a:\${T:-1}", ports: ["80"], environment: {A: "$B", C: "$D"}, labels: {e: f, g: h}}`,
  ),
].join('\n');
const upload = (name: string, text: string) => ({
  name,
  files: [{ path: 'compose.yaml', content: Buffer.from(text).toString('base64') }],
});

describe('uploads that cost too much', () => {
  let directory: string;
  let database: TestDatabase;
  let natsUrl: string;
  let system: RunningSystem | undefined;
  let caller: Caller;

  const start = async (env: Readonly<Record<string, string>>): Promise<void> => {
    await system?.stop();
    const only = ['compiler-service'] as const;
    const options = { database, natsUrl, composeDirectory: directory, only: [...only] };
    system = await startServices({ ...options, env: { 'compiler-service': env } });
  };
  const names = async () =>
    (await caller.rpc.call(operations.listServices, {})).services.map((each) => each.service_id);
  const uploads = async () => (await caller.rpc.call(operations.listUploads, {})).uploads;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'uploads-'));
    await writeFile(join(directory, 'steady.yaml'), 'services: {web: {image: a}}');
    database = await testDatabase();
    natsUrl = (await natsFor(import.meta.url)).url;
    await start({});
    caller = await openCaller(natsUrl);
  });

  afterAll(async () => {
    await caller?.close();
    await system?.stop();
    await database?.drop();
    await rm(directory, { recursive: true });
  });

  it('are refused with what was measured, not kept, and nobody else waits for them', async () => {
    await caller.rpc.call(operations.uploadProject, upload('large', large));
    await start({ PROJECT_CPU_SECONDS: '0.1' });
    const refused = expect(caller.rpc.call(operations.uploadProject, upload('larger', large))).rejects.toMatchObject({
      code: 'PROJECT_TOO_COSTLY',
      kind: 'invalid',
      details: { limit: 'cpu', max: 0.1 },
    });
    expect(await names()).toContain('steady:web');
    await refused;
    expect((await uploads()).map(({ name }) => name)).toEqual(['large']);
  });

  it('that were kept before are set aside after two failures, told so at the next start, and can be deleted', async () => {
    for (;;) {
      const [kept] = await uploads();
      if (kept?.set_aside != null) break;
    }
    await start({});
    const [kept] = await uploads();
    expect(kept).toMatchObject({ name: 'large', services: [], set_aside: expect.stringContaining('processor time') });
    expect(kept?.diagnostics).toMatchObject([{ code: 'CATALOG_SET_ASIDE', severity: 'error' }]);
    expect(await names()).toEqual(['steady:web']);
    await caller.rpc.call(operations.deleteUpload, { name: 'large' });
    expect(await uploads()).toEqual([]);
    expect((await caller.rpc.call(operations.uploadProject, upload('large', large))).services).toHaveLength(900);
  });

  it('that the process which read it did not survive are read once more, and set aside after the second time', async () => {
    await caller.rpc.call(operations.uploadProject, upload('fatal', 'services: {web: {image: a}}'));
    await start({});
    const kept = async () => (await uploads()).find(({ name }) => name === 'fatal');
    const client = new pg.Client({ connectionString: database.urls.catalog });
    await client.connect();
    try {
      const leave = async (failures: number): Promise<void> => {
        await system?.stop();
        system = undefined;
        await client.query(
          `UPDATE catalog.uploads SET reader = gen_random_uuid(), reading_until = now() + interval '1 second', failures = $1
            WHERE name = 'fatal'`,
          [failures],
        );
        await start({});
      };
      await leave(0);
      expect(await kept()).toMatchObject({ services: ['fatal:web'], set_aside: null });
      const { rows } = await client.query(`SELECT failures, reader FROM catalog.uploads WHERE name = 'fatal'`);
      expect(rows).toEqual([{ failures: 0, reader: null }]);
      await leave(1);
      expect(await kept()).toMatchObject({ services: [], set_aside: 'The process that read it came to its end.' });
      expect(await names()).toContain('steady:web');
    } finally {
      await client.end();
    }
    await caller.rpc.call(operations.deleteUpload, { name: 'fatal' });
  });

  it('have no mark left on them by a process that is told to end while it starts', async () => {
    const slow = range(6).map((index) => `slow${String(index)}`);
    for (const name of slow) await caller.rpc.call(operations.uploadProject, upload(name, large));
    const client = new pg.Client({ connectionString: database.urls.catalog });
    await client.connect();
    const marks = async () =>
      (
        await client.query<{ name: string; failures: number; reader: string | null }>(
          `SELECT name, failures, reader FROM catalog.uploads WHERE failures > 0 OR reader IS NOT NULL`,
        )
      ).rows;
    try {
      const added = expect(system?.add('compiler-service')).rejects.toThrow('ended while starting');
      while ((await marks()).length === 0);
      const starting = system?.processes('compiler-service').at(-1);
      starting?.process.signal('TERM');
      expect(await starting?.process.exited).toBe(0);
      await added;
      expect(await marks()).toEqual([]);
    } finally {
      await client.end();
    }
    for (const name of slow) await caller.rpc.call(operations.deleteUpload, { name });
  });

  it('do not end the service that two kilobytes of nested includes ended before', async () => {
    const files = range(40).flatMap((i) => {
      const rest = i === 39 ? 'services: {web: {image: a}}' : `include: [../d${String(i + 1)}/compose.yaml]`;
      return [
        {
          path: i === 0 ? 'compose.yaml' : `d${String(i)}/compose.yaml`,
          text: rest.replace(i === 0 ? '../' : '\0', ''),
        },
        { path: i === 0 ? '.env' : `d${String(i)}/.env`, text: `A${String(i)}="\\\\"` },
      ];
    });
    const content = files.map(({ path, text }) => ({ path, content: Buffer.from(text).toString('base64') }));
    const taken = await caller.rpc.call(operations.uploadProject, { name: 'nested', files: content });
    expect(taken).toMatchObject({ services: ['nested:web'], diagnostics: [] });
  });
});
