import type pg from 'pg';
import type { Queries } from './queries.ts';
import { Session } from './session.ts';
import type { Sql } from './sql.ts';
import type { StorePool } from './store-pool.ts';

export interface TransactionOptions {
  /** `read committed` unless told. */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** For all its statements together; 15 s unless told. */
  readonly limitMs?: number;
}

/**
 * Statements and transactions that must not be mistaken about their end. Three things can come of one: it is stored; it
 * is not, which any error says; or nobody knows, which the error `OUTCOME_UNKNOWN` says. Then the caller looks, or asks
 * again under the same id.
 */
export class Postgres implements Queries {
  readonly #pool: Pick<StorePool, 'connect' | 'limits'>;

  constructor(pool: Pick<StorePool, 'connect' | 'limits'>) {
    this.#pool = pool;
  }

  /** A statement of its own. */
  async rows<Row extends object>(statement: Sql): Promise<Row[]> {
    return (await this.#alone(statement)).rows as Row[];
  }

  /** A statement of its own. */
  async count(statement: Sql): Promise<number> {
    return (await this.#alone(statement)).rowCount ?? 0;
  }

  /** All that `work` asks, or nothing of it. Whatever it throws undoes the whole. */
  async transaction<T>(
    work: (queries: Queries) => Promise<T>,
    { isolation = 'read committed', limitMs = this.#pool.limits.transaction }: TransactionOptions = {},
  ): Promise<T> {
    const session = await Session.open(this.#pool, limitMs);
    try {
      await session.begin(isolation);
      const result = await work(session);
      await session.commit();
      return result;
    } catch (error) {
      await session.rollBack();
      throw error;
    } finally {
      session.close();
    }
  }

  async #alone(statement: Sql): Promise<pg.QueryResult> {
    const session = await Session.open(this.#pool, this.#pool.limits.transaction);
    try {
      return await session.alone(statement);
    } finally {
      session.close();
    }
  }
}
