import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Maintenance, migrate, sql } from '@ushadow/postgres';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Database } from '../store/database.store.ts';
import { chores } from './chores.store.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2031-06-01T00:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
const CONFIG = { KEEP_DAYS: 30, KEEP_DELIVERIES: 10 };

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await testDatabase();
  const directory = fileURLToPath(new URL('../../migrations', import.meta.url));
  await migrate({
    ...{ url: test.ownerUrls.notifications, directory },
    runningRole: new URL(test.urls.notifications).username,
  });
  database = new Database(test.urls.notifications);
});
afterAll(async () => {
  await database?.close();
  await test?.drop();
});
beforeEach(async () => {
  await database.postgres.count(sql`DELETE FROM notifications.channels`);
  await database.postgres.count(sql`DELETE FROM notifications.hooks`);
});

const maintain = (): Promise<unknown> =>
  new Maintenance({
    ...{ postgres: database.postgres, lockName: 'deliveries', chores: chores(CONFIG) },
    clock: () => Promise.resolve(NOW),
    onFailure: (chore, error) => {
      throw new Error(chore, { cause: error });
    },
  }).run();

async function channel(name: string): Promise<string> {
  const id = randomUUID();
  await database.postgres.count(sql`
    INSERT INTO notifications.channels (id, name, kind, target, is_signed, allow_plaintext, rules, envelope, created_by)
    VALUES (${id}::uuid, ${name}, 'webhook', 't', true, false, '[]', 'e1.k.x', 'a')`);
  return id;
}

/** With an attempt. */
async function delivery(channelId: string, name: string, age: number, state = 'delivered'): Promise<void> {
  await database.postgres.count(sql`
    WITH made AS (
      INSERT INTO notifications.deliveries (id, channel_id, event_id, notification, state, created_at)
      VALUES (gen_random_uuid(), ${channelId}::uuid, ${name}, '{}', ${state}, ${daysAgo(age)}) RETURNING id)
    INSERT INTO notifications.attempts (delivery_id, number, at, ok, milliseconds, message)
    SELECT id, 1, ${daysAgo(age)}, true, 1, 'm' FROM made`);
}

async function left(): Promise<string[]> {
  const rows = await database.postgres.rows<{ name: string }>(
    sql`SELECT event_id AS name FROM notifications.deliveries ORDER BY position`,
  );
  return rows.map(({ name }) => name);
}

describe('the log of deliveries', () => {
  it('loses what is old with its attempts, and nothing that waits', async () => {
    const id = await channel('one');
    await delivery(id, 'old', 31);
    await delivery(id, 'old and failed', 31, 'failed');
    await delivery(id, 'old and waiting', 31, 'waiting');
    await delivery(id, 'young', 29);
    await maintain();
    expect(await left()).toEqual(['old and waiting', 'young']);
    const [attempts] = await database.postgres.rows<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM notifications.attempts`,
    );
    expect(attempts?.count).toBe(2);
  });

  it('keeps so many of each channel, the newest, whatever another one has', async () => {
    const [busy, quiet] = [await channel('busy'), await channel('quiet')];
    await delivery(quiet, 'quiet', 5);
    for (let index = 0; index < 13; index += 1) await delivery(busy, `busy ${String(index)}`, 1);
    await maintain();
    expect(await left()).toEqual(['quiet', ...Array.from({ length: 10 }, (_, index) => `busy ${String(index + 3)}`)]);
  });
});

describe('calls of hooks', () => {
  const hook = async (): Promise<string> => {
    const id = randomUUID();
    await database.postgres.count(sql`
      INSERT INTO notifications.hooks (id, stack_id, name, token_digest, services, any_repository, created_by)
      VALUES (${id}::uuid, gen_random_uuid(), 'ci', ${id}, '{}', false, 'a')`);
    return id;
  };
  const nonces = async (hookId: string): Promise<number> => {
    const [row] = await database.postgres.rows<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM notifications.hook_calls WHERE hook_id = ${hookId}::uuid`,
    );
    return row?.count ?? 0;
  };

  it('are forgotten once their time alone refuses them; those without one are known as long as their hook', async () => {
    const id = await hook();
    await database.postgres.count(sql`
      INSERT INTO notifications.hook_calls (hook_id, nonce, at)
      VALUES (${id}::uuid, 'id old', ${daysAgo(31)}), (${id}::uuid, 'id young', ${daysAgo(1)}),
             (${id}::uuid, 'hub old', ${daysAgo(900)})`);
    await maintain();
    const rows = await database.postgres.rows<{ nonce: string }>(
      sql`SELECT nonce FROM notifications.hook_calls WHERE hook_id = ${id}::uuid ORDER BY nonce`,
    );
    expect(rows.map(({ nonce }) => nonce)).toEqual(['hub old', 'id young']);
  });

  it('grow not without end where they have no time', async () => {
    const id = await hook();
    await database.postgres.count(sql`
      INSERT INTO notifications.hook_calls (hook_id, nonce, at)
      SELECT ${id}::uuid, 'hub ' || n, ${daysAgo(900)}::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 10010) AS n`);
    await maintain();
    expect(await nonces(id)).toBe(10_000);
  });
});
