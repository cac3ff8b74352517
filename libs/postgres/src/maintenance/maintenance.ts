import pg from 'pg';
import type { Postgres } from '../postgres.ts';
import { sql } from '../sql.ts';
import type { Chore, ChoreStep } from './chore.ts';

export interface MaintenanceParts {
  readonly postgres: Pick<Postgres, 'transaction' | 'rows'>;
  /** One process at a time under each name. */
  readonly lockName: string;
  readonly chores: readonly Chore[];
  /** A chore that failed is tried again with the next run; the others go on. */
  readonly onFailure: (chore: string, error: unknown) => void;
  /** Postgres' own unless told. */
  readonly clock?: () => Promise<Date>;
  /** For one run; a minute unless told. What is left over is for the next one. */
  readonly limitMs?: number;
}

/** By name of a chore: what went. */
export type Deleted = Readonly<Record<string, number>>;

/** Any number that no other advisory lock of our databases has as its first half. */
const LOCK_SPACE = 1_970_498_679;
const LIMIT_MS = 60_000;
/** Whoever comes after a step that waits for a lock waits behind it: it had better come again. */
const LOCK_WAIT_MS = 250;
const LOCK_NOT_AVAILABLE = '55P03';

/** Keeps the tables of a service from growing without end. Each step is a transaction of its own, and holds nothing after it. */
export class Maintenance {
  readonly #parts: MaintenanceParts;
  #isStopped = false;

  constructor(parts: MaintenanceParts) {
    this.#parts = parts;
  }

  /** The step in hand ends, and no other begins. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Does what is to be done, within the limit. Undefined: another process is at it. */
  async run(): Promise<Deleted | undefined> {
    const { chores, onFailure, clock = () => this.#timeOfDatabase(), limitMs = LIMIT_MS } = this.#parts;
    const until = performance.now() + limitMs;
    const now = await clock();
    const deleted: Record<string, number> = {};
    for (const chore of chores) {
      try {
        const gone = await this.#do(chore, now, until);
        if (gone === undefined) return undefined;
        deleted[chore.name] = gone;
      } catch (error) {
        // Somebody is at it: there is another time.
        if (!isLockTimeout(error)) onFailure(chore.name, error);
      }
    }
    return deleted;
  }

  async #do(chore: Chore, now: Date, until: number): Promise<number | undefined> {
    let gone = 0;
    let next: string | undefined;
    do {
      if (this.#isStopped || performance.now() > until) return gone;
      const step = await this.#step(chore, now, next);
      if (step === undefined) return undefined;
      gone += step.gone;
      next = step.next;
    } while (next !== undefined);
    return gone;
  }

  /** Undefined: another process is at it. */
  #step(chore: Chore, now: Date, after: string | undefined): Promise<ChoreStep | undefined> {
    const { postgres, lockName } = this.#parts;
    return postgres.transaction(async (queries) => {
      const [row] = await queries.rows<{ isOurs: boolean }>(sql`
        SELECT set_config('lock_timeout', ${`${String(LOCK_WAIT_MS)}ms`}, true),
               pg_try_advisory_xact_lock(${LOCK_SPACE}::int, hashtext(${lockName})) AS "isOurs"`);
      return row?.isOurs === true ? chore.step(queries, now, after) : undefined;
    });
  }

  async #timeOfDatabase(): Promise<Date> {
    const [row] = await this.#parts.postgres.rows<{ now: Date }>(sql`SELECT clock_timestamp() AS now`);
    if (row === undefined) throw new Error('a statement without a table gave no row');
    return row.now;
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
}
