import pg from 'pg';
import type { Queries } from './queries.ts';
import type { Sql } from './sql.ts';
import { outcomeUnknown, storeAway } from './store-errors.ts';

const BIGINT = 20;
/** By these the server ends the session: what it was doing is not known. */
const endsSession = /^(?:08|57P|58|XX|25P0[34])/;

const parserOf = pg.types.getTypeParser as (oid: number, format?: string) => unknown;
const types = {
  getTypeParser: (oid: number, format?: string): unknown => (oid === BIGINT ? BigInt : parserOf(oid, format)),
} as pg.CustomTypesConfig;

/**
 * A connection that one piece of work has to itself. On any doubt about what it stands in it is closed instead of going
 * back to the pool: the server then undoes what was not committed.
 */
export class Session implements Queries {
  readonly #client: pg.PoolClient;
  readonly #endAt: number;
  #doubt: Error | undefined;
  #isOver = false;

  private constructor(client: pg.PoolClient, limitMs: number) {
    this.#client = client;
    this.#endAt = performance.now() + limitMs;
    // A session that is ended between two statements is found by the next one; unheard it would end the process.
    client.on('error', this.#onError);
  }

  static async open(pool: Pick<pg.Pool, 'connect'>, limitMs: number): Promise<Session> {
    try {
      return new Session(await pool.connect(), limitMs);
    } catch (error) {
      throw storeAway(error);
    }
  }

  async rows<Row extends object>(statement: Sql): Promise<Row[]> {
    return (await this.#ask(statement.query)).rows as Row[];
  }

  async count(statement: Sql): Promise<number> {
    return (await this.#ask(statement.query)).rowCount ?? 0;
  }

  async begin(isolation: string): Promise<void> {
    await this.#ask({ text: `BEGIN ISOLATION LEVEL ${isolation}` });
  }

  /** @throws DomainError `OUTCOME_UNKNOWN` when no answer comes */
  async commit(): Promise<void> {
    this.#refuseLate();
    const { command } = await this.#send({ text: 'COMMIT' }, outcomeUnknown);
    // A transaction in which a statement has failed is undone by COMMIT, and that is no error to Postgres.
    if (command !== 'COMMIT') throw new Error('the transaction was undone: one of its statements had failed');
  }

  /** One statement that is a transaction of its own. */
  async alone(statement: Sql): Promise<pg.QueryResult> {
    return this.#send(statement.query, outcomeUnknown);
  }

  async rollBack(): Promise<void> {
    if (this.#doubt !== undefined || this.#client.getTransactionStatus() === 'I') return;
    await this.#send({ text: 'ROLLBACK' }, storeAway).catch(() => undefined);
  }

  /** Gives the connection back, if nothing of what was done with it is left in it. */
  close(): void {
    this.#isOver = true;
    const isClean = this.#client.getTransactionStatus() === 'I';
    this.#client.release(this.#doubt ?? (isClean ? undefined : new Error('the session stands in a transaction')));
    this.#client.off('error', this.#onError);
  }

  async #ask(query: pg.QueryConfig): Promise<pg.QueryResult> {
    if (this.#isOver) throw new Error('the transaction is over: nothing may be asked in it any more');
    this.#refuseLate();
    return this.#send(query, storeAway);
  }

  #refuseLate(): void {
    if (this.#doubt !== undefined) throw storeAway(this.#doubt);
    if (performance.now() > this.#endAt) throw storeAway(new Error('the transaction took too long'));
  }

  /** What the server refuses is thrown as it is; without an answer `unanswered` says what that means. */
  async #send(query: pg.QueryConfig, unanswered: (cause: unknown) => Error): Promise<pg.QueryResult> {
    try {
      return await this.#client.query({ ...query, types });
    } catch (error) {
      if (error instanceof pg.DatabaseError && !endsSession.test(error.code ?? 'XX')) throw error;
      this.#doubt = error instanceof Error ? error : new Error(String(error));
      throw unanswered(error);
    }
  }

  readonly #onError = (error: Error): void => {
    this.#doubt ??= error;
  };
}
