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
import { canonical } from './audit-record.ts';
import { AuditTrail, fromEntry } from './audit-trail.ts';
import { exportLines, readExport } from './export-trail.ts';
import { checkSeal, sealOf } from './seal.ts';
import { chainOf, draftOf, keysOf } from './testing/sealed-chain.ts';
import { TRIMMED } from './trim.ts';
import { trimTrail } from './trim-trail.ts';
import { verifyTrail } from './verify-trail.ts';

const services: readonly (readonly [ServiceName, keyof TestDatabase['urls']])[] = [
  ['cluster', 'clusters'],
  ['compiler', 'catalog'],
  ['scanner', 'scans'],
  ['deployer', 'deployments'],
  ['operations', 'operations'],
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

  it('has the tables that the library describes, and what watches over them', async () => {
    const owner = new pg.Client({ connectionString: database.adminUrl });
    await owner.connect();
    try {
      await owner.query('CREATE SCHEMA described; SET search_path = described');
      const described = new AuditTrail({ service, schema: 'described', keys, outbox, postgres });
      await owner.query(`${new OutboxTable('described').ddl()}; ${described.ddl()}`);
      const made = await shapeOf(owner, 'described');
      expect(made.length).toBeGreaterThan(30);
      expect(await shapeOf(owner, schema)).toEqual(made);
    } finally {
      await owner.end();
    }
  });

  it('takes the next entry from the role that runs, and no other one', async () => {
    await trail.write(() => Promise.resolve('first'), draftOf);
    const second = chainOf(['a', 'b'], keys, service)[1];
    const head = await trail.newest();
    if (second === undefined) throw new Error('no entry');
    const add = (sequence: number, record: string, previousSeal: string, keyId = 'one') =>
      pool.query(
        'INSERT INTO audit_trail (sequence, record, key_id, previous_seal, seal) VALUES ($1, $2, $3, $4, $5)',
        [...[sequence, record, keyId, previousSeal, second.seal]],
      );
    const third = second.record.replace('"sequence":2', '"sequence":3');
    await expect(add(3, third, head.seal)).rejects.toThrow('entry 3 of the audit does not come after entry 1');
    await expect(add(0, third, head.seal)).rejects.toThrow('entry 0 of the audit does not come after entry 1');
    await expect(add(2, third, head.seal)).rejects.toThrow('entry 2 of the audit does not come after entry 1');
    await expect(add(2, second.record, 'f'.repeat(64))).rejects.toThrow('entry 2 of the audit is not chained');
    // A table of the same name that comes first is not the trail.
    const client = await pool.connect();
    try {
      await client.query('BEGIN; CREATE TEMPORARY TABLE audit_trail (sequence bigint, key_id text, seal text)');
      const aside = `INSERT INTO ${schema}.audit_trail (sequence, record, key_id, previous_seal, seal) VALUES ($1, $2, $3, $4, $5)`;
      const first = second.record.replace('"sequence":2', '"sequence":1');
      await expect(client.query(aside, [1, first, 'one', '0'.repeat(64), second.seal])).rejects.toThrow(
        'does not come after entry 1',
      );
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    expect(await trail.newest()).toEqual(head);
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
    expect(await trail.newest()).toMatchObject({ sequence: 1 });
    await trail.write(() => Promise.resolve('done'), draftOf);
    const [entry] = await trail.list({}, 10);
    expect(entry).toMatchObject({ service, sequence: 2, target: 'done', key_id: 'one' });
    const [message] = await postgres.rows<{ payload: unknown }>(
      sql`SELECT payload FROM outbox WHERE kind = 'audit' AND aggregate = 'audit' ORDER BY position DESC LIMIT 1`,
    );
    expect(message?.payload).toEqual(entry);
  });

  it('has no entry about what changed nothing', async () => {
    await trail.write(() => Promise.resolve(undefined), draftOf);
    expect(await trail.newest()).toMatchObject({ sequence: 2 });
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

  it('is sealed with a former key never more, whoever asks for it', async () => {
    const head = await trail.newest();
    await expect(trail.write(() => Promise.resolve('late'), draftOf)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    const back = trailWith(keysOf('one', 'two'));
    await expect(back.write(() => Promise.resolve('late'), draftOf)).rejects.toThrow('has to be restarted');
    expect(await back.keyProblems()).toEqual([
      'key one of AUDIT_KEYS seals nothing any more, since key two has followed it: put two, or a new one, in front',
    ]);
    const sequence = head.sequence + 1;
    const record = canonical({ ...draftOf('late'), service, sequence });
    const forged = pool.query(
      'INSERT INTO audit_trail (sequence, record, key_id, previous_seal, seal) VALUES ($1, $2, $3, $4, $5)',
      [sequence, record, 'one', head.seal, sealOf(keys.current, head.seal, record)],
    );
    await expect(forged).rejects.toThrow('key one of the audit was followed by key two');
    expect(await trail.newest()).toEqual(head);
  });

  it('loses what an export holds to its owner alone, and verifies from there', async () => {
    const ring = keysOf('two', 'one');
    const owner = new StorePool({ url: database.ownerUrls[schema], applicationName: 'test' });
    try {
      const owned = new AuditTrail({ service, schema, keys: ring, outbox, postgres: new Postgres(owner) });
      const lines: string[] = [];
      for await (const line of exportLines(owned)) lines.push(line);
      const head = await owned.newest();
      const read = (before: Date, from: readonly string[] = lines) =>
        readExport(
          (async function* () {
            yield* from;
            await Promise.resolve();
          })(),
          ring,
          before,
        );
      const trim = async (before: Date, from?: readonly string[]) => {
        const exported = await read(before, from);
        if (exported === undefined) throw new Error('nothing was exported');
        return trimTrail(owned, exported, (details) => ({ ...draftOf('trail'), action: TRIMMED, details }));
      };
      const future = new Date('2099-01-01');
      expect(await trim(new Date('2020-01-01'))).toBeUndefined();
      await expect(trim(future, lines.slice(3))).rejects.toThrow('name the exports before it as well');
      await expect(trim(future)).rejects.toThrow('the stream was not told of all entries');
      await postgres.count(sql`UPDATE outbox SET sent_at = now()`);
      await expect(trim(future, lines.with(2, lines[1] ?? ''))).rejects.toThrow('the export is broken: Entry 3');
      await expect(trailWith(ring).remove(1, 1)).rejects.toThrow('permission denied');

      expect(await trim(future)).toEqual(head);
      expect((await owned.following(0, 10)).map(({ sequence }) => sequence)).toEqual([head.sequence + 1]);
      expect(await verifyTrail(trailWith(ring), nobody)).toMatchObject({ intact: true, entries: 1 });
      await trailWith(ring).write(() => Promise.resolve('after'), draftOf);
      expect(await verifyTrail(owned, nobody)).toMatchObject({ intact: true, entries: 2 });
      // That it was former is known of the key whose entries are all gone.
      await expect(trailWith(keysOf('one', 'two')).write(() => Promise.resolve('after'), draftOf)).rejects.toThrow(
        'goes on under a new key of its audit',
      );
      const more: string[] = [];
      for await (const line of exportLines(owned)) more.push(line);
      expect(await read(future, [...lines, ...more])).toMatchObject({
        head: { sequence: head.sequence + 2 },
        broken: undefined,
      });
      expect(await trim(future)).toBeUndefined();
    } finally {
      await owner.end();
    }
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

/** All that makes the two tables what they are, but for names that nobody needs and the order in which columns came. */
async function shapeOf(client: pg.Client, schema: string): Promise<unknown[]> {
  const { rows } = await client.query<{ text: string }>(
    `SELECT format('%s.%s %s %s %s %s', table_name, column_name, data_type, datetime_precision, is_nullable,
              coalesce(generation_expression, '') || coalesce(column_default, '') || coalesce(identity_generation, '')) AS text
       FROM information_schema.columns WHERE table_schema = $1 AND table_name IN ('audit_trail', 'outbox')
     UNION ALL
     SELECT regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON') FROM pg_indexes
      WHERE schemaname = $1 AND tablename IN ('audit_trail', 'outbox')
     UNION ALL
     SELECT format('%s: %s', relname, pg_get_constraintdef(pg_constraint.oid))
       FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
      WHERE connamespace = $1::regnamespace AND relname IN ('audit_trail', 'outbox')
     UNION ALL
     SELECT format('%s %s %s', pg_get_triggerdef(pg_trigger.oid), tgenabled, prosrc)
       FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
      WHERE relnamespace = $1::regnamespace AND relname IN ('audit_trail', 'outbox') AND NOT tgisinternal`,
    [schema],
  );
  return rows.map(({ text }) => text.replaceAll(`${schema}.`, '')).sort();
}
