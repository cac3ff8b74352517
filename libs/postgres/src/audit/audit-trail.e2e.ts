import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import type { AuditEntryData, ServiceName } from '@ushadow/contracts';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { OutboxTable } from '../outbox/outbox-table.ts';
import { Postgres } from '../postgres.ts';
import { prepareSchema } from '../roles/prepare-schema.ts';
import { sql } from '../sql.ts';
import { StorePool } from '../store-pool.ts';
import { AuditTrail, fromEntry } from './audit-trail.ts';
import { checkSeal } from './seal.ts';
import { draftOf, keysOf } from './testing/sealed-chain.ts';
import { verifyTrail } from './verify-trail.ts';

const services: readonly (readonly [ServiceName, keyof TestDatabase['urls']])[] = [
  ['cluster', 'clusters'],
  ['compiler', 'catalog'],
  ['scanner', 'scans'],
  ['deployer', 'deployments'],
];
const nobody = { anchor: () => Promise.resolve(undefined), recorded: () => Promise.resolve(undefined) };

describe.each(services)('the audit of the %s-service', (service, schema) => {
  let database: TestDatabase;
  let pool: StorePool;
  let postgres: Postgres;
  let trail: AuditTrail;
  const keys = keysOf('one');
  const outbox = new OutboxTable(schema);
  const trailWith = (ring: typeof keys) => new AuditTrail({ service, schema, keys: ring, outbox, postgres });

  beforeAll(async () => {
    database = await testDatabase();
    const directory = fileURLToPath(new URL(`../../../../apps/${service}-service/prisma/migrations`, import.meta.url));
    const [url, owner] = [database.urls[schema], database.ownerUrls[schema]];
    expect(await prepareSchema({ DATABASE_URL: url, MIGRATION_DATABASE_URL: owner }, directory)).toEqual([]);
    pool = new StorePool({ url, applicationName: 'test' });
    postgres = new Postgres(pool);
    trail = trailWith(keys);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('has the table that the library describes', async () => {
    const owner = new pg.Client({ connectionString: database.adminUrl });
    await owner.connect();
    await owner.query('CREATE SCHEMA described');
    const described = new AuditTrail({ service, schema: 'described', keys, outbox, postgres });
    await owner.query(described.ddl());
    const shapeOf = async (of: string): Promise<unknown[]> => {
      const columns = await owner.query(
        `SELECT column_name, data_type, is_nullable, generation_expression FROM information_schema.columns
          WHERE table_schema = $1 AND table_name = 'audit_trail' ORDER BY ordinal_position`,
        [of],
      );
      const indexes = await owner.query<{ indexdef: string }>(
        `SELECT indexdef FROM pg_indexes WHERE schemaname = $1 AND tablename = 'audit_trail' ORDER BY indexname`,
        [of],
      );
      return [...columns.rows, ...indexes.rows.map(({ indexdef }) => indexdef.replaceAll(`${of}.`, ''))];
    };
    expect(await shapeOf(schema)).toEqual(await shapeOf('described'));
    await owner.end();
  });

  it('stores an entry, its message and what it tells of together, or none of them', async () => {
    const failing = trail.write(
      async (queries) => {
        await outbox.add(queries, []);
        return 'done';
      },
      () => ({ ...draftOf('x'), audit_id: 'no uuid' }),
    );
    await expect(failing).rejects.toThrow();
    expect(await trail.newest()).toMatchObject({ sequence: 0 });
    await trail.write(() => Promise.resolve('done'), draftOf);
    const [entry] = await trail.list({}, 10);
    expect(entry).toMatchObject({ service, sequence: 1, target: 'done', key_id: 'one' });
    const [message] = await postgres.rows<{ payload: unknown }>(
      sql`SELECT payload FROM outbox WHERE kind = 'audit' AND aggregate = 'audit'`,
    );
    expect(message?.payload).toEqual(entry);
  });

  it('has no entry about what changed nothing', async () => {
    await trail.write(() => Promise.resolve(undefined), draftOf);
    expect(await trail.newest()).toMatchObject({ sequence: 1 });
  });

  it('keeps its seal on the way through the outbox, whatever stands in it', async () => {
    const details = { text: 'a "quoted" \u{1F600} \0 \uD800 ü', many: ['b', 'a'], count: 7, yes: true };
    await postgres.transaction((queries) => trail.append(queries, [{ ...draftOf('odd'), details }]));
    const [row] = await postgres.rows<{ payload: AuditEntryData }>(
      sql`SELECT payload FROM outbox ORDER BY position DESC LIMIT 1`,
    );
    if (row?.payload === undefined) throw new Error('no message');
    expect(checkSeal(keys, fromEntry(row.payload))).toBe('good');
  });

  it('is one chain, however many write to it at once', async () => {
    const before = (await trail.newest()).sequence;
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => trail.write(() => Promise.resolve(String(index)), draftOf)),
    );
    expect(await verifyTrail(trail, nobody)).toMatchObject({ intact: true, entries: before + 30 });
  });

  it('finds entries by what they are about', async () => {
    const place = { cluster_id: '0123456789abcdef', namespace: 'shop', project: 'p', services: ['web', 'db'] };
    await trail.write(
      () => Promise.resolve('placed'),
      (target) => ({ ...draftOf(target), ...place }),
    );
    const { services: _services, ...fields } = place;
    for (const filter of [{}, fields, { service_name: 'db' }])
      expect((await trail.list(filter, 1)).map(({ target }) => target)).toEqual(['placed']);
    expect(await trail.list({ service_name: 'api' }, 10)).toEqual([]);
    expect(await trail.list({ cluster_id: 'f'.repeat(16) }, 10)).toEqual([]);
    const [newest] = await trail.list({}, 1);
    expect((await trail.list({}, 1, newest?.sequence))[0]?.sequence).toBe((newest?.sequence ?? 0) - 1);
  });

  it('goes on under a new key, and is walked with both', async () => {
    const rotated = trailWith(keysOf('two', 'one'));
    expect(await rotated.keyProblems()).toEqual([]);
    await rotated.write(() => Promise.resolve('after'), draftOf);
    expect((await rotated.list({}, 1))[0]).toMatchObject({ key_id: 'two' });
    expect(await verifyTrail(rotated, nobody)).toMatchObject({ intact: true });
  });

  it('says in one sentence that its keys do not fit', async () => {
    expect(await trailWith(keysOf('one')).keyProblems()).toEqual([
      "the audit's newest entry was sealed with key two, which AUDIT_KEYS does not have; put it back behind the first key",
    ]);
    const wrong = {
      current: { id: 'two', bytes: Buffer.alloc(32) },
      get: () => ({ id: 'two', bytes: Buffer.alloc(32) }),
    };
    expect(await trailWith(wrong).keyProblems()).toEqual([
      expect.stringContaining('key two of AUDIT_KEYS does not fit entry'),
    ]);
    // Known to be lost: its id is there, behind a new one.
    expect(await trailWith({ ...wrong, current: keysOf('three').current }).keyProblems()).toEqual([]);
  });
});
