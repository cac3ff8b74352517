import { DomainError } from '@ushadow/contracts';
import pg from 'pg';
import { LIMITS, type Limits } from './limits.ts';
import { storeClient } from './store-client.ts';
import { storeAway } from './store-errors.ts';
import { storeFailureOf } from './store-failure.ts';
import { StoreHealth } from './store-health.ts';

export interface StorePoolOptions {
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Connections at most; 10 unless told. */
  readonly max?: number;
  readonly limits?: Limits;
}

const IDLE_MS = 60_000;

/** The connections of a service to its own schema: few, and given up in seconds when the server hangs. */
export class StorePool extends pg.Pool {
  readonly limits: Limits;
  readonly #health: StoreHealth;

  constructor({ url, applicationName, max = 10, limits = LIMITS }: StorePoolOptions) {
    const health = new StoreHealth();
    super({
      connectionString: url,
      application_name: applicationName,
      max,
      connectionTimeoutMillis: limits.connect,
      lock_timeout: limits.lock,
      statement_timeout: limits.statement,
      idle_in_transaction_session_timeout: limits.idle,
      query_timeout: limits.answer,
      idleTimeoutMillis: IDLE_MS,
      keepAlive: true,
      Client: storeClient(health),
    });
    this.limits = limits;
    this.#health = health;
    // A connection that breaks while nobody uses it is replaced; who uses one hears of it by its own statement.
    this.on('error', () => undefined);
  }

  /** @throws DomainError in one sentence, unless the database answers and stores what it is given */
  async check(): Promise<void> {
    const closed = await this.query<{ closed: boolean }>(
      `SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS closed`,
    ).then(
      ({ rows }) => rows[0]?.closed === true,
      (error: unknown) => {
        throw storeAway(error);
      },
    );
    const trouble = closed ? storeFailureOf('25006') : this.#health.trouble;
    if (trouble !== undefined) throw new DomainError('STORE_UNAVAILABLE', 'unavailable', trouble);
  }
}
