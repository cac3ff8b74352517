import { clusterTarget } from '@ushadow/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Maintenance, migrate, relayBatch, sql } from '@ushadow/postgres';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { revisionToRestore } from '../history/revisions.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { outboxTable } from '../outbox/outbox.store.ts';
import { maintenanceOf } from './chores.store.ts';
import { RemovedTargets } from '../stacks/removed-targets.store.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { Database } from '../store/database.store.ts';

const START = Date.parse('2031-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const RETENTION = { keepRevisions: 3, keepDays: 10 };
/** What is large and sealed: not to be compressed, as an envelope is not. */
const SEALED_BYTES = 6_400;
const TABLES = ['deployments', 'progress_events', 'plans', 'outbox', 'dead_letters', 'idempotency_keys', 'stacks'];

let test: TestDatabase;
let database: Database;
let admin: pg.Client;
let store: DeploymentStore;
let now = new Date(START);

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  await migrate({ url: test.ownerUrls.deployments, directory, runningRole: new URL(test.urls.deployments).username });
  database = new Database(test.urls.deployments);
  store = new DeploymentStore(database);
  admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.close();
  await test.drop();
});

const maintenance = (): Maintenance =>
  maintenanceOf(database, RETENTION, {
    clock: () => Promise.resolve(now),
    onFailure: (chore, error) => {
      throw new Error(chore, { cause: error });
    },
  });

const at = (day: number): Date => new Date(START + day * DAY_MS);

interface Made {
  readonly stackId: string;
  readonly day: number;
  readonly status?: string;
  readonly kind?: string;
  readonly digest?: string;
  readonly services?: readonly string[];
  readonly basedOn?: string | null;
  readonly inventory?: unknown;
}

/** A deployment as it is left: with its sealed objects, thirty events, a plan, messages and a key of its request. */
async function deployment(made: Made): Promise<string> {
  const id = randomUUID();
  const { stackId, day, status = 'succeeded', kind = 'deploy', services = ['web'], basedOn = null } = made;
  const isGood = status === 'succeeded';
  const isOver = !['queued', 'pending', 'deploying'].includes(status);
  const time = new Date(at(day).getTime() + 3_600_000);
  const digest = isGood ? (made.digest ?? id) : null;
  const inventory = isOver ? JSON.stringify(made.inventory ?? [{ uid: 'u', services }]) : null;
  const sealed = sql`(SELECT 'e1.k.' || string_agg(md5(random()::text || n), '') FROM generate_series(1, ${SEALED_BYTES / 32}::int) AS n)`;
  await database.postgres.count(sql`
    WITH plan AS (
      INSERT INTO deployments.plans (id, stack_id, target_id, namespace, project, services, desired, desired_digest, options,
          plan, missing_permissions, diagnostics, hash, actor, request_id, created_at, expires_at)
      VALUES (gen_random_uuid(), ${stackId}::uuid, 'c', 'n', 'p', ${services}::text[], ${sealed}, 'd', '{}', '{}', '[]', '[]',
          'h', 'a', 'r', ${time}, ${time}::timestamptz + interval '1 hour') RETURNING id),
    made AS (
      INSERT INTO deployments.deployments (id, stack_id, target_id, namespace, project, services, kind, revision, based_on,
          status, objects, desired, desired_digest, after_digest, content, inventory, environment, deadline_seconds,
          stall_seconds, take_over, recreate, rollback, prune, plan_id, actor, request_id, last_sequence, created_at,
          started_at, finished_at)
      SELECT ${id}::uuid, ${stackId}::uuid, 'c', 'n', 'p', ${services}::text[], ${kind},
          coalesce((SELECT max(revision) FROM deployments.deployments WHERE stack_id = ${stackId}::uuid), 0) + 1,
          ${basedOn}::uuid, ${status}, '{Deployment/n/web}', ${sealed}, 'd', ${digest},
          CASE WHEN ${isGood} THEN ${sealed} END, ${inventory}::jsonb, '{"web": []}', 600, 240, false, 'jobs', true, true,
          plan.id, 'a', 'r', 30, ${time}, ${time}, CASE WHEN ${isOver} THEN ${time}::timestamptz END FROM plan),
    letter AS (
      INSERT INTO deployments.dead_letters (stream_sequence, stored_at, deliveries, reason, created_at)
      VALUES (${BigInt(Math.floor(Math.random() * 2 ** 50))}, ${time}, 5, 'failed', ${time})),
    key AS (
      INSERT INTO deployments.idempotency_keys (actor, operation, key_digest, request_digest, created_at, held_until)
      VALUES ('a', 'o', ${id}, 'd', ${time}, ${time})),
    message AS (
      INSERT INTO deployments.outbox (id, kind, payload, actor, request_id, created_at, sent_at, set_aside_at, reason)
      SELECT gen_random_uuid(), 'job', '{}', 'a', 'r', ${time}, CASE WHEN n < 5 THEN ${time}::timestamptz END,
             CASE WHEN n = 5 THEN ${time}::timestamptz END, 'r' FROM generate_series(1, 5) AS n)
    INSERT INTO deployments.progress_events (deployment_id, sequence, attempt, time, type, message, data)
    SELECT ${id}::uuid, n, 1, ${time}::timestamptz + n * interval '1 second', 'object.applied', md5(random()::text), '{}'
      FROM generate_series(1, 30) AS n`);
  return id;
}

async function stackOf(project: string, day = 0): Promise<string> {
  const { id } = await new StackStore(database).ensure({ target: clusterTarget('c'), namespace: 'n', project });
  await database.postgres.count(sql`UPDATE deployments.stacks SET created_at = ${at(day)} WHERE id = ${id}::uuid`);
  return id;
}

/** By table: kilobytes with indexes and long values, over all partitions, and rows. */
async function sizes(): Promise<Record<string, { kilobytes: number; rows: number }>> {
  const measured: Record<string, { kilobytes: number; rows: number }> = {};
  for (const table of TABLES) {
    await admin.query(`VACUUM (ANALYZE) deployments.${table}`);
    const { rows } = await admin.query<{ kilobytes: number; rows: number }>(`
      SELECT (SELECT sum(pg_total_relation_size(relid))::int / 1024 FROM pg_partition_tree('deployments.${table}')) AS kilobytes,
             (SELECT count(*)::int FROM deployments.${table}) AS rows`);
    measured[table] = rows[0] ?? { kilobytes: 0, rows: 0 };
  }
  return measured;
}

const isWhole = async (id: string): Promise<boolean> => (await store.find(id))?.thinnedAt === null;

describe('a year of deployments, with maintenance every day', () => {
  const stacks: string[] = [];
  const months: Record<string, { kilobytes: number; rows: number }>[] = [];
  let quiet: { id: string; first: string; good: string };
  let unlucky: { id: string; tried: string; good: string };
  let waiting: string;

  beforeAll(async () => {
    for (let n = 0; n < 6; n++) stacks.push(await stackOf(`busy-${String(n)}`));
    const id = await stackOf('quiet');
    quiet = { id, first: await deployment({ stackId: id, day: 0 }), good: await deployment({ stackId: id, day: 0 }) };
    const other = await stackOf('unlucky');
    const good = await deployment({ stackId: other, day: 0 });
    unlucky = { id: other, good, tried: await deployment({ stackId: other, day: 1, status: 'failed' }) };
    waiting = await deployment({ stackId: await stackOf('parked'), day: 2, status: 'pending' });
    for (let day = 0; day < 365; day++) {
      for (const [n, stackId] of stacks.entries()) {
        if ((day + n) % 2 === 0) await deployment({ stackId, day, status: day % 7 === n ? 'failed' : 'succeeded' });
      }
      // A project that is tried for a day and removed.
      const gone = await stackOf(`tried-${String(day)}`, day);
      await deployment({ stackId: gone, day });
      await deployment({ stackId: gone, day, kind: 'remove', inventory: [] });
      now = at(day + 1);
      await maintenance().run();
      if (day % 30 === 29) months.push(await sizes());
    }
  }, 300_000);

  it('has a flat size once what is kept longest has begun to go', () => {
    const settled = months.slice(5);
    const grown = TABLES.map((table) => ({
      table,
      kilobytes: settled.map((month) => month[table]?.kilobytes ?? 0),
    })).filter(({ kilobytes: [first = 0, ...later] }) => later.some((each) => each > first * 1.1 + 64));
    expect(grown).toEqual([]);
  });

  it('keeps of each stack the good revisions it is to keep and no other, and the way back stays open', async () => {
    for (const stackId of stacks) {
      const all = await store.ofStack(stackId, { limit: 500 });
      const good = all.filter(({ status }) => status === 'succeeded');
      const young = good.filter(({ createdAt }) => createdAt >= new Date(now.getTime() - 10 * DAY_MS)).length;
      const whole = good.filter(({ thinnedAt }) => thinnedAt === null);
      expect(whole.map(({ id }) => id)).toEqual(good.slice(0, Math.max(3, young)).map(({ id }) => id));
      const back = await revisionToRestore(all);
      expect(back === undefined ? undefined : await store.content(back.id)).toMatch(/^e1\./);
    }
  });

  it('keeps the last good revision of a stack that nobody has touched for a year, and what it can go back to', async () => {
    expect(await isWhole(quiet.good)).toBe(true);
    expect(await store.content(quiet.good)).toMatch(/^e1\./);
    expect((await revisionToRestore(await store.ofStack(quiet.id, { limit: 500 })))?.id).toBe(quiet.first);
    expect(await store.inventory(quiet.id)).toEqual([{ uid: 'u', services: ['web'] }]);
  });

  it('keeps what was tried since the last good one, since it knows where data lies', async () => {
    expect(await store.desired(unlucky.tried)).toMatch(/^e1\./);
    expect(await isWhole(unlucky.good)).toBe(true);
  });

  it('keeps all of what has not ended, its events and its plan among it', async () => {
    const [{ events } = { events: 0n }] = await database.postgres.rows<{ events: bigint }>(
      sql`SELECT count(*) AS events FROM deployments.progress_events WHERE deployment_id = ${waiting}::uuid`,
    );
    expect(events).toBe(30n);
    expect(await isWhole(waiting)).toBe(true);
    expect((await store.find(waiting))?.planId).not.toBeNull();
  });

  it('keeps what was never sent', async () => {
    await database.postgres.count(sql`UPDATE deployments.outbox SET due_at = now() WHERE sent_at IS NULL`);
    const unsent = {
      id: randomUUID(),
      kind: 'job',
      payload: { deployment_id: waiting },
      actor: 'a',
      requestId: 'r',
    } as const;
    await database.postgres.transaction((queries) => outboxTable.add(queries, [unsent]));
    await database.postgres.count(
      sql`UPDATE deployments.outbox SET created_at = ${at(0)} WHERE id = ${unsent.id}::uuid`,
    );
    await maintenance().run();
    const sent: string[] = [];
    const { postgres } = database;
    const send = ({ id }: { id: string }) => Promise.resolve(void sent.push(id));
    await relayBatch({ postgres, table: outboxTable, send, onSetAside: () => undefined });
    expect(sent).toEqual([unsent.id]);
  });

  it('forgets stacks that have had nothing for as long as history is kept, and no other', async () => {
    const left = await database.prisma.stack.findMany({ where: { project: { startsWith: 'tried-' } } });
    const days = left.map(({ project }) => Number(project.slice('tried-'.length)));
    expect(Math.min(...days)).toBe(365 - 12 * RETENTION.keepDays);
    expect(days).toHaveLength(12 * RETENTION.keepDays);
  });

  it('goes on with numbers of revisions that were never given before', async () => {
    const [stackId = ''] = stacks;
    const [newest] = await store.ofStack(stackId, { limit: 1 });
    await deployment({ stackId, day: 365 });
    const [next] = await store.ofStack(stackId, { limit: 1 });
    expect(next?.revision).toBe((newest?.revision ?? 0) + 1);
    expect(newest?.revision).toBeGreaterThan(150);
  });
});

describe('what is old', () => {
  it('stays whole while something that waits is made from it', async () => {
    now = at(1_000);
    const stackId = await stackOf('based');
    const base = await deployment({ stackId, day: 900 });
    for (let n = 0; n < 5; n++) await deployment({ stackId, day: 901 });
    const later = await deployment({ stackId, day: 999, status: 'queued', kind: 'rollback', basedOn: base });
    await maintenance().run();
    expect(await isWhole(base)).toBe(true);
    await database.postgres.count(
      sql`UPDATE deployments.deployments SET status = 'cancelled', finished_at = ${now} WHERE id = ${later}::uuid`,
    );
    await maintenance().run();
    expect(await isWhole(base)).toBe(false);
  });

  it('stays whole where it is the way back, however many restarts of one content came after it', async () => {
    const stackId = await stackOf('restarted');
    const back = await deployment({ stackId, day: 900, digest: 'one' });
    for (let n = 0; n < 8; n++) await deployment({ stackId, day: 901, digest: 'two', kind: 'restart' });
    await maintenance().run();
    expect(await isWhole(back)).toBe(true);
    expect((await revisionToRestore(await store.ofStack(stackId, { limit: 50 })))?.id).toBe(back);
  });

  it('goes with what is secret in it once its cluster was removed so long ago, and stays if the cluster is back', async () => {
    const targets = new RemovedTargets(database);
    const made = async (project: string, clusterId: string): Promise<string> => {
      const { id } = await new StackStore(database).ensure({
        target: clusterTarget(clusterId),
        namespace: 'n',
        project,
      });
      return deployment({ stackId: id, day: 900 });
    };
    const [gone, back, there] = [await made('shop', 'gone'), await made('shop', 'back'), await made('shop', 'there')];
    const removedAt = (day: number) =>
      database.postgres.count(
        sql`UPDATE deployments.stacks SET target_gone_at = ${at(day)} WHERE target_gone_at IS NOT NULL`,
      );
    expect(await targets.clusterIds()).toEqual(expect.arrayContaining(['gone', 'back', 'there']));
    await targets.deleteCluster('gone');
    await targets.deleteCluster('back');
    await removedAt(1_000 - RETENTION.keepDays + 1);
    await maintenance().run();
    expect(await Promise.all([gone, back, there].map(isWhole))).toEqual([true, true, true]);
    await targets.known(['back', 'there']);
    await removedAt(1_000 - RETENTION.keepDays - 1);
    await maintenance().run();
    expect(await Promise.all([gone, back, there].map(isWhole))).toEqual([false, true, true]);
    const left = await database.postgres.rows(
      sql`SELECT desired, content, inventory, environment FROM deployments.deployments WHERE id = ${gone}::uuid`,
    );
    expect(left).toEqual([{ desired: null, content: null, inventory: null, environment: {} }]);
  });

  it('stays whole as long as it has a tag', async () => {
    const stackId = await stackOf('tagged');
    const tagged = await deployment({ stackId, day: 900, digest: 'one' });
    for (let n = 0; n < 8; n++) await deployment({ stackId, day: 901 });
    const tags = (text: string) =>
      database.postgres.count(
        sql`UPDATE deployments.deployments SET tags = ${text}::text[] WHERE id = ${tagged}::uuid`,
      );
    await tags('{before-holidays}');
    await maintenance().run();
    expect(await isWhole(tagged)).toBe(true);
    await tags('{}');
    await maintenance().run();
    expect(await isWhole(tagged)).toBe(false);
  });

  it('stays whole where it was the last of a service that still runs', async () => {
    const stackId = await stackOf('selected');
    const inventory = [{ uid: 'u', services: ['web'] }, { uid: 'v', services: ['db'] }, { uid: 'w' }];
    const db = await deployment({ stackId, day: 900, services: ['db'] });
    const gone = await deployment({ stackId, day: 900, services: ['old'] });
    for (let n = 0; n < 8; n++) await deployment({ stackId, day: 901, inventory });
    await maintenance().run();
    expect([await isWhole(db), await isWhole(gone)]).toEqual([true, false]);
  });

  it('is left alone while another process is at it, and goes with the next run', async () => {
    const stackId = await stackOf('contended');
    const old = await deployment({ stackId, day: 900 });
    for (let n = 0; n < 5; n++) await deployment({ stackId, day: 901 });
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const long = async () => {
      begun.resolve();
      await held.promise;
      return { gone: 0 };
    };
    const other = new Maintenance({
      ...{ postgres: database.postgres, lockName: 'deployments', chores: [{ name: 'long', step: long }] },
      onFailure: (_chore, error) => {
        throw error;
      },
    }).run();
    await begun.promise;
    expect(await maintenance().run()).toBeUndefined();
    held.resolve();
    await other;
    expect(await isWhole(old)).toBe(true);
    expect(await maintenance().run()).toMatchObject({ revisions: 3 });
    expect(await isWhole(old)).toBe(false);
  });

  it('of events goes by whole months, and those that came without one go as well', async () => {
    const late = at(3_000);
    const stackId = await stackOf('late');
    await database.postgres.count(sql`DELETE FROM deployments.deployments WHERE status IN ('pending', 'queued')`);
    await deployment({ stackId, day: 3_000 });
    now = new Date(late.getTime() + 5 * DAY_MS);
    await maintenance().run();
    const count = async () =>
      (await database.postgres.rows(sql`SELECT FROM deployments.progress_events_rest LIMIT 31`)).length;
    expect(await count()).toBe(30);
    now = new Date(late.getTime() + 11 * DAY_MS);
    await maintenance().run();
    expect(await count()).toBe(0);
  });
});
