import type { Queries } from '../queries.ts';
import { identifier, sql, type Sql } from '../sql.ts';

export interface MonthPartition {
  readonly name: string;
  /** The first moment after it. */
  readonly end: Date;
}

/** So many months are made before they begin. */
const AHEAD = 2;

/**
 * A table that is partitioned by the months (UTC) of a column. `<table>_rest` is the default partition: it takes what comes
 * when the partition of its month is not there, so that nothing is ever refused. Whoever runs owns nothing, and makes and
 * drops months by two functions of the owner.
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

  /** What a migration gives the owner's functions by. @param staying condition for the rows of a month that are kept */
  ddl(staying: string): string {
    const [table, schema] = [this.#table, this.#schema];
    return `
CREATE FUNCTION make_${table}_month(first timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
DECLARE month timestamptz := date_trunc('month', first, 'UTC');
BEGIN
  EXECUTE format('CREATE TABLE %I PARTITION OF ${table} FOR VALUES FROM (%L) TO (%L)',
    '${table}_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'), month,
    (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
END $$;
CREATE FUNCTION drop_${table}_month(month text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
BEGIN
  IF month !~ '^${table}_[0-9]{4}_[0-9]{2}$' THEN RAISE EXCEPTION '% is no month of ${table}', month; END IF;
  EXECUTE format('ALTER TABLE ${table} DETACH PARTITION %I', month);
  EXECUTE 'INSERT INTO ${table} SELECT * FROM ' || quote_ident(month) || $staying$ WHERE ${staying}$staying$;
  EXECUTE format('DROP TABLE %I', month);
END $$;
`;
  }

  /** Makes this month's and the next ones' where they are missing. Gives how many it made. */
  async make(queries: Queries, now: Date): Promise<number> {
    const known = new Set((await this.#all(queries)).map(({ name }) => name));
    let made = 0;
    for (let ahead = 0; ahead <= AHEAD; ahead++) {
      const [start, end] = [monthOf(now, ahead), monthOf(now, ahead + 1)];
      const name = `${this.#table}_${start.toISOString().slice(0, 7).replace('-', '_')}`;
      if (known.has(name) || (await this.#hasInRest(queries, start, end))) continue;
      await queries.rows(sql`SELECT ${identifier(this.#schema, `make_${this.#table}_month`)}(${start}::timestamptz)`);
      made += 1;
    }
    return made;
  }

  /** Those that are over by then, the oldest first. */
  async over(queries: Queries, by: Date): Promise<MonthPartition[]> {
    return (await this.#all(queries)).filter(({ end }) => end <= by);
  }

  /** Lets a month go, all but the rows that are to stay: they come to the rest. */
  async drop(queries: Queries, { name }: MonthPartition): Promise<void> {
    await queries.rows(sql`SELECT ${identifier(this.#schema, `drop_${this.#table}_month`)}(${name}::text)`);
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
