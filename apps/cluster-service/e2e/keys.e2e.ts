import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { KeyRing, sealEnvelope } from '@ushadow/secrets';
import { openCaller } from '@ushadow/messaging/testing';
import { natsFor, repositoryRoot, startServices, testDatabase, type TestDatabase } from '@ushadow/testing';
import pg from 'pg';

const CLUSTERS = 600;
const oldKey = { id: 'old', bytes: randomBytes(32) };
const newKey = { id: 'new', bytes: randomBytes(32) };
const spell = (...keys: { id: string; bytes: Uint8Array }[]) =>
  keys.map(({ id, bytes }) => `${id}:${Buffer.from(bytes).toString('base64')}`).join(',');
const clusterId = (index: number) => index.toString(16).padStart(16, '0');

describe('key ring of cluster-service', () => {
  let database: TestDatabase;
  let natsUrl: string;
  let auditKeys: string;

  const start = (keys: string) =>
    startServices({
      database,
      natsUrl,
      composeDirectory: '/x',
      only: ['cluster-service'],
      env: { 'cluster-service': { USHADOW_KEYS: keys, STATUS_INTERVAL_SECONDS: '0' } },
    });
  const query = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  const countByKey = async () =>
    Object.fromEntries(
      (await query('SELECT credential_key_id AS k, count(*)::int AS n FROM clusters.clusters GROUP BY 1')).map(
        (row) => [row['k'], row['n']],
      ),
    ) as Record<string, number>;

  beforeAll(async () => {
    database = await testDatabase();
    natsUrl = (await natsFor(import.meta.url)).url;
    const system = await start(spell(oldKey));
    await system.stop();
    auditKeys = system.settings.auditKeys.clusters;
    const ring = new KeyRing([oldKey]);
    const rows = Array.from({ length: CLUSTERS }, (_, index) => {
      const id = clusterId(index + 1);
      const binding = { recordId: id, purpose: 'cluster-connection', version: 1 };
      const connection = { server: 'https://127.0.0.1:1', auth: { token: `token-of-${id}` } };
      return { id, credential: sealEnvelope(ring, binding, JSON.stringify(connection)) };
    });
    await query(
      `INSERT INTO clusters.clusters (id, name, context, server, namespace, labels, status, status_since, checked_at,
         next_check_at, credential, credential_key_id)
       SELECT r->>'id', r->>'id', 'c', 'https://127.0.0.1:1', 'ushadow', '{}', 'unreachable', now(), now(), now(),
         r->>'credential', 'old' FROM jsonb_array_elements($1::jsonb) AS r`,
      [JSON.stringify(rows)],
    );
  }, 60_000);

  afterAll(async () => {
    await database?.drop();
  }, 60_000);

  /** Runs the command; `started` is given its process. */
  async function rotate(
    keys: string,
    started: (child: ChildProcess) => void = () => undefined,
  ): Promise<{ code: number | null; output: string }> {
    const entry = join(repositoryRoot(), 'apps/cluster-service/dist/commands/rotate-keys/main.js');
    const env = {
      PATH: process.env['PATH'],
      USHADOW_KEYS: keys,
      AUDIT_KEYS: auditKeys,
      DATABASE_URL: database.urls.clusters,
    };
    const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => (output += data.toString()));
    }
    started(child);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }
  /** Ends it the hard way when it has come to a row that somebody else holds. */
  async function killedAt(id: string, keys: string): Promise<void> {
    const holder = new pg.Client({ connectionString: database.adminUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM clusters.clusters WHERE id = $1 FOR UPDATE', [id]);
    try {
      let child: ChildProcess | undefined;
      const run = rotate(keys, (started) => (child = started));
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      for (const deadline = Date.now() + 60_000; (await query(waiting)).length === 0;) {
        if (Date.now() > deadline) throw new Error('it never came to the row that is held');
      }
      child?.kill('SIGKILL');
      await run;
    } finally {
      await holder.end();
    }
  }

  it('M14: does not start without a key', async () => {
    await expect(start('')).rejects.toThrow(/config: USHADOW_KEYS: no key given/);
  });

  it('does not start with a ring that lacks a key stored data needs, and changes nothing', async () => {
    await expect(start(spell(newKey))).rejects.toThrow(/stored data needs key old, which USHADOW_KEYS does not have/);
    expect(await countByKey()).toEqual({ old: CLUSTERS });
  });

  it('does not start with other bytes under the right id', async () => {
    const wrong = { id: 'old', bytes: randomBytes(32) };
    await expect(start(spell(wrong))).rejects.toThrow(/key old of USHADOW_KEYS is not the one/);
  });

  it('rotation killed half way leaves everything readable, and goes on when run again', async () => {
    await killedAt(clusterId(CLUSTERS / 2), spell(newKey, oldKey));
    const half = await countByKey();
    expect(half['new']).toBeGreaterThanOrEqual(CLUSTERS / 2 - 1);
    expect(half['old']).toBeGreaterThanOrEqual(CLUSTERS / 2 - 1);
    const again = await rotate(spell(newKey, oldKey));
    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toContain('nothing here needs key old any more');
    expect(await countByKey()).toEqual({ new: CLUSTERS });
  });

  it('the old key is gone for good: the service runs with the new one alone and reads everything', async () => {
    const system = await start(spell(newKey));
    const caller = await openCaller(natsUrl);
    try {
      for (const index of [1, CLUSTERS / 2, CLUSTERS]) {
        const cluster_id = clusterId(index);
        const answer = await caller.asDeployer.call(operations.openConnection, { cluster_id });
        expect(JSON.stringify(answer.connection)).toContain(`token-of-${cluster_id}`);
      }
      expect(await query('SELECT key_id FROM clusters.key_checks')).toEqual([{ key_id: 'new' }]);
    } finally {
      await caller.close();
      await system.stop();
    }
  });
});
