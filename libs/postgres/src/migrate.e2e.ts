import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { testDatabase } from '@ushadow/testing';
import type { TestDatabase } from '@ushadow/testing';
import { migrate } from './migrate.ts';
import { MigrationError } from './migration-error.ts';

let database: TestDatabase;
let directory: string;
let url: string;

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

async function query<T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function refusal(attempt: Promise<unknown>): Promise<MigrationError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MigrationError);
  return error as MigrationError;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrations-'));
});

beforeEach(async () => {
  await database?.drop();
  database = await testDatabase();
  url = database.ownerUrls.clusters;
  await rm(directory, { recursive: true, force: true });
  await write('20260101000000_first', 'CREATE TABLE "thing" ("id" int PRIMARY KEY);');
  await write('20260102000000_second', 'ALTER TABLE "thing" ADD COLUMN "name" text; CREATE INDEX ON "thing" ("name");');
});

afterAll(async () => {
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

describe('migrate', () => {
  it('applies what is new, in order, into the schema the role owns, and once', async () => {
    expect(await migrate({ url, directory })).toEqual({ applied: ['20260101000000_first', '20260102000000_second'] });
    expect(await migrate({ url, directory })).toEqual({ applied: [] });
    const tables = await query<{ schema: string }>(
      `SELECT table_schema AS "schema" FROM information_schema.tables WHERE table_name = 'thing'`,
    );
    expect(tables).toEqual([{ schema: 'clusters' }]);
  });

  it('lets one of several runners at once do the work while the others wait', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => migrate({ url, directory })));
    expect(results.flatMap(({ applied }) => applied)).toHaveLength(2);
    expect(await query('SELECT 1 FROM "_prisma_migrations"')).toHaveLength(2);
  });

  it("writes the rows that Prisma's own tool would", async () => {
    await migrate({ url, directory });
    const [row] = await query(
      'SELECT "migration_name", length("checksum") AS "sum", "finished_at" >= "started_at" AS "ended", "applied_steps_count" FROM "_prisma_migrations" ORDER BY 1',
    );
    expect(row).toEqual({ migration_name: '20260101000000_first', sum: 64, ended: true, applied_steps_count: 1 });
  });

  it('refuses to start when an applied migration was edited, and applies nothing', async () => {
    await migrate({ url, directory });
    await write('20260101000000_first', 'CREATE TABLE "thing" ("id" bigint PRIMARY KEY);');
    await write('20260103000000_third', 'CREATE TABLE "other" ("id" int);');
    const error = await refusal(migrate({ url, directory }));
    expect([error.code, error.migration]).toEqual(['CHECKSUM_CHANGED', '20260101000000_first']);
    expect(await query('SELECT 1 FROM "_prisma_migrations"')).toHaveLength(2);
  });

  it('leaves nothing of a migration that fails half-way, names its line, and goes on once it is mended', async () => {
    await write('20260103000000_third', 'CREATE TABLE "other" ("id" int);\nALTER TABLE "missing" ADD COLUMN "x" int;');
    const error = await refusal(migrate({ url, directory }));
    expect(error.code).toBe('STATEMENT_FAILED');
    expect(error.message).toContain('20260103000000_third');
    expect(error.message).toContain('"missing" does not exist');
    expect(await query(`SELECT 1 FROM information_schema.tables WHERE table_name = 'other'`)).toEqual([]);

    await write('20260103000000_third', 'CREATE TABLE "other" ("id" int);');
    expect(await migrate({ url, directory })).toEqual({ applied: ['20260103000000_third'] });
  });

  it('gives up with a code when another runner holds the lock for too long', async () => {
    const client = new pg.Client({ connectionString: url, application_name: 'a stuck runner' });
    await client.connect();
    await client.query(`SELECT pg_advisory_lock(1970498676, hashtext('clusters'))`);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const error = await refusal(migrate({ url, directory, lockTimeoutMs: 100 }));
    await client.end();
    expect(error.code).toBe('LOCK_TIMEOUT');
    expect(error.message).toContain(`pid ${String(rows[0]?.pid)} (a stuck runner`);
  });

  it('does not hold up everybody behind a table that is in use: it gives up, names who uses it, and goes on later', async () => {
    await migrate({ url, directory });
    await write('20260103000000_third', 'ALTER TABLE "thing" ADD COLUMN "x" int;');
    const user = new pg.Client({ connectionString: url, application_name: 'somebody' });
    await user.connect();
    await user.query('BEGIN; SELECT 1 FROM "thing"');
    const { rows } = await user.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const error = await refusal(migrate({ url, directory, tableLockTimeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'LOCK_TIMEOUT', migration: '20260103000000_third' });
    expect(error.message).toContain(`pid ${String(rows[0]?.pid)} (somebody, idle in transaction`);
    await user.end();
    expect(await migrate({ url, directory })).toEqual({ applied: ['20260103000000_third'] });
  });

  it('refuses a statement that would never end, and nothing of its migration stays', async () => {
    await write('20260103000000_third', 'CREATE TABLE "other" ("id" int); SELECT pg_sleep(60);');
    const error = await refusal(migrate({ url, directory, statementTimeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'STATEMENT_FAILED', migration: '20260103000000_third' });
    expect(await query(`SELECT 1 FROM information_schema.tables WHERE table_name = 'other'`)).toEqual([]);
  });

  it('does not wait for ever for a server that accepts connections and says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const attempt = migrate({ url: `postgres://x@127.0.0.1:${port}/x`, directory, connectTimeoutMs: 100 });
    await expect(attempt).rejects.toThrow(/timeout/);
    silent.close();
  });

  it('says so when the directory holds no migrations, as after a wrong path', async () => {
    const error = await refusal(migrate({ url, directory: join(directory, 'nowhere') }));
    expect(error.code).toBe('NO_MIGRATIONS');
  });

  it("keeps a role out of another service's schema", async () => {
    await expect(query('CREATE TABLE "catalog"."x" ("id" int)')).rejects.toThrow(/permission denied/);
    await expect(query('CREATE TABLE "public"."x" ("id" int)')).rejects.toThrow(/permission denied/);
  });
});
