import type { Sql } from './sql.ts';

/** What can be asked of the database, alone or inside a transaction. */
export interface Queries {
  /** The rows that a statement gives. `bigint` comes as a BigInt. */
  rows<Row extends object>(statement: Sql): Promise<Row[]>;
  /** How many rows a statement has touched. */
  count(statement: Sql): Promise<number>;
}
