import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { Postgres } from '../postgres.ts';
import { identifier, sql } from '../sql.ts';
import { StorePool } from '../store-pool.ts';
import type { Chore } from './chore.ts';
import { deleteOld } from './delete-old.ts';
import { Maintenance } from './maintenance.ts';
import { MonthPartitions } from './month-partitions.ts';

let database: TestDatabase;
let owner: StorePool;
let pool: StorePool;
let postgres: Postgres;
let name: string;

beforeAll(async () => {
  database = await testDatabase();
  owner = new StorePool({ url: database.ownerUrls.scans, applicationName: 'owner' });
  pool = new StorePool({ url: database.urls.scans, applicationName: 'test' });
  postgres = new Postgres(pool);
});
afterAll(async () => {
  await Promise.all([owner.end(), pool.end()]);
  await database.drop();
});
beforeEach(async () => {
  name = `t_${randomUUID().replaceAll('-', '')}`;
  await owner.query(`CREATE TABLE ${name} (id int PRIMARY KEY, at timestamptz NOT NULL);
    GRANT USAGE ON SCHEMA scans TO ushadow_scans;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO ushadow_scans;
    INSERT INTO ${name} SELECT n, now() - (n - 0.5) * interval '1 day' FROM generate_series(1, 1200) AS n`);
});

const failures: string[] = [];
const maintenance = (chores: readonly Chore[], more: { limitMs?: number } = {}): Maintenance => {
  failures.length = 0;
  return new Maintenance({
    ...{ postgres, lockName: name, chores, ...more },
    onFailure: (chore, error) => failures.push(`${chore}: ${(error as Error).message}`),
  });
};
const old = (days = 10): Chore =>
  deleteOld('old', {
    table: identifier('scans', name),
    where: (now) => sql`at < ${now}::timestamptz - make_interval(days => ${days}::int)`,
  });
const left = async (): Promise<number> =>
  Number((await pool.query<{ count: string }>(`SELECT count(*) FROM ${name}`)).rows[0]?.count);

describe('maintenance', () => {
  it('lets go all that is old in small steps, by the time of the database', async () => {
    expect(await maintenance([old()]).run()).toEqual({ old: 1190 });
    expect(await left()).toBe(10);
  });

  it('goes on after a chore that fails, and names it', async () => {
    const broken: Chore = { name: 'broken', step: () => Promise.reject(new Error('no')) };
    expect(await maintenance([broken, old()]).run()).toEqual({ old: 1190 });
    expect(failures).toEqual(['broken: no']);
  });

  it('ends with the step in hand once its time is over, and leaves the rest for the next run', async () => {
    const slow: Chore = {
      name: 'slow',
      step: async (queries) => {
        await queries.rows(sql`SELECT pg_sleep(0.03)`);
        return { gone: 1, next: 'more' };
      },
    };
    const deleted = await maintenance([slow, old()], { limitMs: 100 }).run();
    expect(deleted?.['slow']).toBeLessThanOrEqual(4);
    expect(await left()).toBe(1200);
  });

  it('waits for nobody: a table that somebody holds is for the next run, and nobody waits behind it', async () => {
    const holder = await pool.connect();
    try {
      await holder.query(`BEGIN; LOCK TABLE ${name}`);
      const begun = performance.now();
      expect(await maintenance([old()]).run()).toEqual({});
      expect(performance.now() - begun).toBeLessThan(3_000);
      expect(failures).toEqual([]);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect(await maintenance([old()]).run()).toEqual({ old: 1190 });
  });

  it('leaves rows that somebody is changing for the next run', async () => {
    const holder = await pool.connect();
    try {
      await holder.query(`BEGIN; SELECT FROM ${name} WHERE id = 500 FOR UPDATE`);
      expect(await maintenance([old()]).run()).toEqual({ old: 1189 });
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    expect(await maintenance([old()]).run()).toEqual({ old: 1 });
  });

  it('is done by one process at a time', async () => {
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const held: Chore = {
      name: 'held',
      step: async () => {
        inside.resolve();
        await goOn.promise;
        return { gone: 1 };
      },
    };
    const first = maintenance([held]).run();
    await inside.promise;
    expect(await maintenance([old()]).run()).toBeUndefined();
    goOn.resolve();
    expect(await first).toEqual({ held: 1 });
    expect(await maintenance([old()]).run()).toEqual({ old: 1190 });
  });
});

describe('months of a table', () => {
  const may = new Date('2031-05-20T00:00:00Z');
  const june = new Date('2031-06-01T00:00:00Z');
  let months: MonthPartitions;
  const parts = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ part: string; n: number }>(
      `SELECT replace(tableoid::regclass::text, '${name}_', '') AS part, count(*)::int AS n FROM ${name} GROUP BY 1 ORDER BY 1`,
    );
    return rows.map(({ part, n }) => `${part} ${String(n)}`);
  };
  const add = (id: number, at: string) => pool.query(`INSERT INTO ${name} VALUES ($1, $2)`, [id, at]);
  const make = (now: Date) => postgres.transaction((queries) => months.make(queries, now));

  beforeEach(async () => {
    months = new MonthPartitions('scans', name, 'at');
    await owner.query(`DROP TABLE ${name};
      CREATE TABLE ${name} (id int NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE ${name}_rest PARTITION OF ${name} DEFAULT;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}, ${name}_rest TO ushadow_scans;
      ${months.ddl('id = 2')}`);
  });

  it('are made ahead, once, and take their rows by UTC; what has none comes to the rest', async () => {
    expect([await make(may), await make(may)]).toEqual([3, 0]);
    await add(1, '2031-05-31T23:59:59Z');
    await add(2, '2031-06-01T00:00:00Z');
    await add(3, '2035-01-01T00:00:00Z');
    expect(await parts()).toEqual(['2031_05 1', '2031_06 1', 'rest 1']);
  });

  it('are not made of what the rest has rows of, and nothing is refused', async () => {
    await add(1, '2031-06-10T00:00:00Z');
    expect(await make(may)).toBe(2);
    await add(2, '2031-06-11T00:00:00Z');
    expect(await parts()).toEqual(['rest 2']);
  });

  it('go as a whole, but for the rows that are to stay', async () => {
    await make(may);
    await add(1, '2031-05-20T00:00:00Z');
    await add(2, '2031-05-21T00:00:00Z');
    await postgres.transaction(async (queries) => {
      const over = await months.over(queries, june);
      expect(over).toEqual([{ name: `${name}_2031_05`, end: june }]);
      for (const each of over) await months.drop(queries, each);
    });
    expect(await parts()).toEqual(['rest 1']);
    expect(await postgres.transaction((queries) => months.over(queries, june))).toEqual([]);
  });

  it('are all that can be dropped so', async () => {
    const drop = (month: string) => postgres.transaction((queries) => months.drop(queries, { name: month, end: june }));
    await expect(drop(`${name}_rest`)).rejects.toThrow('is no month of');
    await expect(drop(`${name}_2040_01`)).rejects.toThrow('does not exist');
  });
});
