import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { prepareSchema } from './prepare-schema.ts';

const NOT_ALLOWED = '42501';
const MIGRATION = `
  CREATE TABLE audit_trail (sequence bigint PRIMARY KEY, record text NOT NULL);
  CREATE TABLE things (id bigint GENERATED ALWAYS AS IDENTITY, name text);
  CREATE SEQUENCE epochs`;

let database: TestDatabase;
let directory: string;
let running: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  directory = await mkdtemp(join(tmpdir(), 'roles-'));
  await add('0001_first', MIGRATION);
});
afterAll(async () => {
  await running?.end();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

async function add(name: string, text: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), text);
}

const asRunning = () => database.urls.scans;
const asOwner = () => database.ownerUrls.scans;
const prepare = (url: string, owner?: string) =>
  prepareSchema({ DATABASE_URL: url, MIGRATION_DATABASE_URL: owner }, directory);

describe('the role that a service runs as', () => {
  it('is not started before the schema is there, where nothing is said of its owner', async () => {
    expect(await prepare(asRunning())).toEqual([
      'DATABASE_URL: role ushadow_scans sees no schema of its own: migrate as the owner first (MIGRATION_DATABASE_URL), and see to its search_path.',
    ]);
  });

  it('gets its rights with the migrations, and starts without the owner from then on', async () => {
    expect(await prepare(asRunning(), asOwner())).toEqual([]);
    expect(await prepare(asRunning())).toEqual([]);
    running = new pg.Client({ connectionString: asRunning() });
    await running.connect();
  });

  it('adds to the audit and reads it, and can neither change, delete, empty, alter nor drop it', async () => {
    await running.query(`INSERT INTO audit_trail VALUES (1, 'as it was')`);
    // Postgres only warns, and grants nothing.
    await running.query('GRANT UPDATE, DELETE, TRUNCATE ON audit_trail TO CURRENT_USER');
    for (const statement of [
      `UPDATE audit_trail SET record = 'forged'`,
      'DELETE FROM audit_trail',
      'TRUNCATE audit_trail',
      'ALTER TABLE audit_trail ADD COLUMN more text',
      'ALTER TABLE audit_trail RENAME TO other',
      'DROP TABLE audit_trail',
      'CREATE RULE none AS ON INSERT TO audit_trail DO INSTEAD NOTHING',
      'CREATE TABLE scans.mine (x int)',
      'DELETE FROM _prisma_migrations',
      `SELECT * FROM audit_trail FOR UPDATE`,
    ])
      expect([statement, await codeOf(running.query(statement))]).toEqual([statement, NOT_ALLOWED]);
    expect((await running.query('SELECT record FROM audit_trail')).rows).toEqual([{ record: 'as it was' }]);
  });

  it('uses every other table and sequence', async () => {
    await running.query(`INSERT INTO things (name) VALUES ('one')`);
    await running.query(`UPDATE things SET name = 'two'`);
    await running.query(`SELECT setval('epochs', 7), nextval('epochs')`);
    await running.query('DELETE FROM things');
  });

  it('leaves room for the owner to trim the audit', async () => {
    const owner = new pg.Client({ connectionString: asOwner() });
    await owner.connect();
    expect((await owner.query('DELETE FROM audit_trail')).rowCount).toBe(1);
    await owner.end();
  });

  it('is refused in one sentence when it owns the tables, is a superuser, or may change the audit', async () => {
    expect(await prepare(asOwner(), asOwner())).toEqual([
      'DATABASE_URL: role ushadow_scans_owner owns what is in schema scans: give it a role that owns nothing, and the owner to MIGRATION_DATABASE_URL.',
    ]);
    const admin = new URL(database.adminUrl);
    admin.searchParams.set('options', '-c search_path=scans');
    expect(await prepare(admin.href)).toEqual([expect.stringContaining('owns what is in schema scans')]);
    const owner = new pg.Client({ connectionString: asOwner() });
    await owner.connect();
    await owner.query('GRANT UPDATE ON audit_trail TO ushadow_scans');
    expect(await prepare(asRunning())).toEqual([expect.stringContaining('may change scans.audit_trail')]);
    await owner.end();
  });

  it('loses a right that somebody gave it beside, with the next migration', async () => {
    expect(await prepare(asRunning(), asOwner())).toEqual([]);
  });

  it('is granted nothing by a migration that is told of nobody', async () => {
    await add('0002_second', 'CREATE TABLE alone (x int)');
    expect(await prepare(asRunning())).toEqual([expect.stringContaining('lacks migration 0002_second')]);
    await migrate({ url: asOwner(), directory });
    expect(await codeOf(running.query('SELECT FROM alone'))).toBe(NOT_ALLOWED);
  });
});

function codeOf(query: Promise<unknown>): Promise<unknown> {
  return query.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  );
}
