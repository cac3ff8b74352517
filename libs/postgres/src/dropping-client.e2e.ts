import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import pg from 'pg';
import { DroppingClient } from './dropping-client.ts';

describe('a connection that was waited for in vain', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.adminUrl, max: 1, query_timeout: 300, Client: DroppingClient });
    pool.on('error', () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const pid = async (): Promise<number> =>
    (await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0;

  it('is not used again, so that nobody writes into the transaction it may stand in', async () => {
    const before = await pid();
    const client = await pool.connect();
    client.on('error', () => undefined);
    await client.query('BEGIN');
    await client.query('CREATE TABLE half_done (x int)');
    await expect(client.query('SELECT pg_sleep(2)')).rejects.toThrow('Query read timeout');
    client.release();
    expect(await pid()).not.toBe(before);
    expect((await pool.query('SELECT to_regclass($1) AS found', ['half_done'])).rows).toEqual([{ found: null }]);
  });

  it('of a single question is not used again either', async () => {
    const before = await pid();
    await expect(pool.query('SELECT pg_sleep(2)')).rejects.toThrow('Query read timeout');
    expect(await pid()).not.toBe(before);
  });
});
