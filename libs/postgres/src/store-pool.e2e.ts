import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { LIMITS } from './limits.ts';
import { StorePool } from './store-pool.ts';

/** The server has more patience than this side: only so a connection is waited for in vain. */
const HASTY = { ...LIMITS, answer: 300 };
/** As it is in life, made short. */
const SHORT = { ...LIMITS, lock: 200, statement: 400, idle: 400, answer: 2_000 };

let database: TestDatabase;
const pools: StorePool[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

function poolOf(limits: typeof LIMITS, max = 1): StorePool {
  const pool = new StorePool({ url: database.adminUrl, applicationName: 'test', max, limits });
  pools.push(pool);
  return pool;
}

const pidOf = async (pool: StorePool): Promise<number> =>
  (await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0;

describe('a connection that was waited for in vain', () => {
  it('is not used again, so that nobody writes into the transaction it may stand in', async () => {
    const pool = poolOf(HASTY);
    const before = await pidOf(pool);
    const client = await pool.connect();
    client.on('error', () => undefined);
    await client.query('BEGIN');
    await client.query('CREATE TABLE half_done (x int)');
    await expect(client.query('SELECT pg_sleep(2)')).rejects.toThrow('Query read timeout');
    client.release();
    expect(await pidOf(pool)).not.toBe(before);
    expect((await pool.query('SELECT to_regclass($1) AS found', ['half_done'])).rows).toEqual([{ found: null }]);
  });

  it('of a single question is not used again either', async () => {
    const pool = poolOf(HASTY);
    const before = await pidOf(pool);
    await expect(pool.query('SELECT pg_sleep(2)')).rejects.toThrow('Query read timeout');
    expect(await pidOf(pool)).not.toBe(before);
  });

  it('fails whatever was asked behind, at once', async () => {
    const client = await poolOf(HASTY).connect();
    client.on('error', () => undefined);
    const slow = client.query('SELECT pg_sleep(2)').catch((error: unknown) => String(error));
    const behind = client.query('ROLLBACK').catch((error: unknown) => String(error));
    expect(await slow).toContain('Query read timeout');
    expect(await behind).not.toBe('ROLLBACK');
    client.release();
  });
});

describe('a server that answers', () => {
  it('refuses a statement that takes too long before this side gives it up, and the connection stays', async () => {
    const pool = poolOf(SHORT);
    const before = await pidOf(pool);
    const client = await pool.connect();
    await expect(client.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    client.release();
    expect(await pidOf(pool)).toBe(before);
  });

  it('does not let anybody wait for ever for a lock', async () => {
    const pool = poolOf(SHORT, 2);
    const holder = await pool.connect();
    await holder.query('SELECT pg_advisory_lock(7)');
    const waiting = await pool.connect();
    await expect(waiting.query('SELECT pg_advisory_lock(7)')).rejects.toMatchObject({ code: '55P03' });
    waiting.release();
    holder.release(true);
  });

  it('takes the locks from a transaction that stands still', async () => {
    const pool = poolOf(SHORT, 2);
    const still = await pool.connect();
    const ended = new Promise<Error>((resolve) => still.on('error', resolve));
    await still.query('BEGIN');
    await still.query('SELECT pg_advisory_xact_lock(8)');
    expect(await ended).toMatchObject({ code: '25P03' });
    await pool.query('SELECT pg_advisory_lock(8)');
    still.release(true);
  });
});

describe('the health of a pool', () => {
  it('is well while the database answers', async () => {
    await expect(poolOf(SHORT).check()).resolves.toBeUndefined();
  });

  it('says what to do when the database takes nothing', async () => {
    const pool = poolOf(SHORT);
    await pool.query('SET default_transaction_read_only = on');
    await expect(pool.check()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('read-only'),
    });
  });

  it('remembers that its disk is full although reading goes on, until something could be written', async () => {
    const pool = poolOf(SHORT);
    await pool.query('CREATE TABLE notes (x int)');
    const full = pool.query(`DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    await expect(full).rejects.toMatchObject({ code: '53100' });
    await expect(pool.check()).rejects.toMatchObject({ message: expect.stringContaining('make room') });
    await pool.query('INSERT INTO notes VALUES (1)');
    await expect(pool.check()).resolves.toBeUndefined();
  });

  it('says so when nothing answers', async () => {
    const pool = new StorePool({ url: 'postgres://127.0.0.1:1/x', applicationName: 'test' });
    await expect(pool.check()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await pool.end();
  });
});
