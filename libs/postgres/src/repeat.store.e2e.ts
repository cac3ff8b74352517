import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Postgres } from './postgres.ts';
import { RepeatStore } from './repeat.store.ts';
import { StorePool } from './store-pool.ts';

const migrations = [
  'deployer-service/prisma/migrations/0009_idempotency_keys',
  'cluster-service/prisma/migrations/0005_idempotency_keys',
];

describe.each(migrations)('what was answered under a key: %s', (migration) => {
  const schema = migration.split('/')[0]?.replace('-', '_') ?? '';
  let database: TestDatabase;
  let pool: StorePool;
  let store: RepeatStore;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new StorePool({ url: database.adminUrl, applicationName: 'test' });
    const text = await readFile(new URL(`../../../apps/${migration}/migration.sql`, import.meta.url), 'utf8');
    await pool.query(`CREATE SCHEMA "${schema}"; SET search_path TO "${schema}"; ${text}; RESET search_path`);
    store = new RepeatStore(new Postgres(pool), schema);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const requestOf = (keyDigest: string = randomUUID(), requestDigest = 'r') => ({
    actor: 'a',
    operation: 'o',
    keyDigest,
    requestDigest,
  });

  it('is held by one, given to all who ask again, and refused to another request', async () => {
    const request = requestOf();
    const claim = await store.claim(request, 60_000);
    if (claim.kind !== 'held') throw new Error(claim.kind);
    expect(await store.claim(request, 60_000)).toEqual({ kind: 'busy' });
    await store.answered(claim.effectId, { deployment_id: 'd' });
    expect(await store.claim(request, 60_000)).toEqual({ kind: 'answered', answer: { deployment_id: 'd' } });
    expect(await store.claim(requestOf(request.keyDigest, 'other'), 60_000)).toEqual({ kind: 'another-request' });
  });

  it('may be taken again once it was let go of, or held for too long, for the same effect', async () => {
    const request = requestOf();
    const first = await store.claim(request, 60_000);
    if (first.kind !== 'held') throw new Error(first.kind);
    await store.release(first.effectId);
    expect(await store.claim(request, 0)).toEqual(first);
    expect(await store.claim(request, 60_000)).toEqual(first);
    expect(await store.claim(request, 60_000)).toEqual({ kind: 'busy' });
  });

  it('is forgotten after a day, with its effect', async () => {
    const request = requestOf();
    const first = await store.claim(request, 60_000);
    await pool.query(`UPDATE "${schema}".idempotency_keys SET created_at = now() - interval '25 hours'`);
    const second = await store.claim(request, 60_000);
    expect(second.kind).toBe('held');
    expect(second).not.toEqual(first);
  });
  it('is forgotten a little at a time, and one’s own at once', async () => {
    const request = requestOf('z');
    const first = await store.claim(request, 60_000);
    await pool.query(
      `INSERT INTO "${schema}".idempotency_keys (actor, operation, key_digest, request_digest, held_until, created_at)
       SELECT 'a', 'o', 'old ' || n, 'r', now(), now() - interval '26 hours' FROM generate_series(1, 1000) AS n`,
    );
    await pool.query(
      `UPDATE "${schema}".idempotency_keys SET created_at = now() - interval '25 hours' WHERE key_digest = 'z'`,
    );
    const second = await store.claim(request, 60_000);
    expect(second.kind).toBe('held');
    expect(second).not.toEqual(first);
    const { rows } = await pool.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM "${schema}".idempotency_keys WHERE key_digest LIKE 'old %'`,
    );
    expect(rows[0]?.left).toBeGreaterThanOrEqual(900);
    await store.claim(request, 60_000);
    const again = await pool.query(`SELECT FROM "${schema}".idempotency_keys WHERE key_digest LIKE 'old %'`);
    expect(again.rowCount).toBeLessThan(rows[0]?.left ?? 0);
  });
});
