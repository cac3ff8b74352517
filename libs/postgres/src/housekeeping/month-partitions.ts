import pg from 'pg';
import type { Queries } from '../queries.ts';
import { identifier, sql, Sql } from '../sql.ts';

export interface MonthPartition {
  readonly name: string;
  /** The first moment after it. */
  readonly end: Date;
}

/** So many months are made before they begin. */
const AHEAD = 2;

/**
 * A table that is partitioned by the months (UTC) of a column. `<table>_rest` is the default partition: it takes what comes
 * when the partition of its month is not there, so that nothing is ever refused.
 */
export class MonthPartitions {
  readonly rest: Sql;
  readonly #schema: string;
  readonly #table: string;
  readonly #column: Sql;

  constructor(schema: string, table: string, column: string) {
    this.#schema = schema;
    this.#table = table;
    this.#column = identifier(column);
    this.rest = identifier(schema, `${table}_rest`);
  }

  /** Makes this month's and the next ones' where they are missing. Gives how many it made. */
  async make(queries: Queries, now: Date): Promise<number> {
    const known = new Set((await this.#all(queries)).map(({ name }) => name));
    let made = 0;
    for (let ahead = 0; ahead <= AHEAD; ahead++) {
      const [start, end] = [monthOf(now, ahead), monthOf(now, ahead + 1)];
      const name = `${this.#table}_${start.toISOString().slice(0, 7).replace('-', '_')}`;
      if (known.has(name) || (await this.#hasInRest(queries, start, end))) continue;
      await queries.count(sql`
        CREATE TABLE ${identifier(this.#schema, name)} PARTITION OF ${identifier(this.#schema, this.#table)}
           FOR VALUES FROM (${literal(start)}) TO (${literal(end)})`);
      made += 1;
    }
    return made;
  }

  /** Those that are over by then, the oldest first. */
  async over(queries: Queries, by: Date): Promise<MonthPartition[]> {
    return (await this.#all(queries)).filter(({ end }) => end <= by);
  }

  /** Lets a month go, all but the rows that are to stay: they come to the rest. */
  async drop(queries: Queries, { name }: MonthPartition, staying: Sql): Promise<void> {
    const [table, month] = [identifier(this.#schema, this.#table), identifier(this.#schema, name)];
    await queries.count(sql`ALTER TABLE ${table} DETACH PARTITION ${month}`);
    await queries.count(sql`INSERT INTO ${table} SELECT * FROM ${month} WHERE ${staying}`);
    await queries.count(sql`DROP TABLE ${month}`);
  }

  async #all(queries: Queries): Promise<MonthPartition[]> {
    const rows = await queries.rows<{ name: string }>(sql`
      SELECT part.relname::text AS name FROM pg_inherits
        JOIN pg_class AS part ON part.oid = inhrelid
       WHERE inhparent = ${`${this.#schema}.${this.#table}`}::text::regclass ORDER BY 1`);
    return rows.flatMap(({ name }) => {
      const [, year, month] = /_(\d{4})_(\d{2})$/.exec(name) ?? [];
      return year === undefined ? [] : [{ name, end: new Date(Date.UTC(Number(year), Number(month))) }];
    });
  }

  /** A partition cannot be made of what the default one has rows of. */
  async #hasInRest(queries: Queries, start: Date, end: Date): Promise<boolean> {
    const rows = await queries.rows(sql`
      SELECT FROM ${this.rest} WHERE ${this.#column} >= ${start} AND ${this.#column} < ${end} LIMIT 1`);
    return rows.length > 0;
  }
}

function monthOf(time: Date, ahead: number): Date {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + ahead));
}

/** Bounds of a partition cannot be parameters. */
function literal(time: Date): Sql {
  return new Sql([pg.escapeLiteral(time.toISOString())], []);
}
