import { withClient } from '@ushadow/testing/servers';
import { until } from './until.ts';

const WAITING_MS = 20_000;

/** Where a transaction is to be caught: in front of what this statement locks. */
export interface Catch {
  /** Run by a superuser in a transaction of its own. */
  readonly lock: string;
  /** Whose sessions: as they name themselves. */
  readonly application: string;
}

/**
 * Stops backends of Postgres by SIGSTOP inside a transaction: a lock holds them up there, and is let go of when they stand
 * still. Whatever they hold they keep until they are woken.
 */
export class StoppedBackends {
  readonly #adminUrl: string;
  #stopped: number[] = [];

  constructor(adminUrl: string) {
    this.#adminUrl = adminUrl;
  }

  /** Resolves when at least one session stands still in front of the lock; `begin` makes it come there. */
  async stopAt({ lock, application }: Catch, begin: () => void): Promise<void> {
    await withClient(this.#adminUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(lock);
      begin();
      const waiting = async (): Promise<number[] | undefined> => {
        // Inside a transaction what was seen of the sessions first is seen for ever.
        await client.query('SELECT pg_stat_clear_snapshot()');
        const { rows } = await client.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'`,
          [application],
        );
        return rows.length === 0 ? undefined : rows.map(({ pid }) => pid);
      };
      this.#stop(await until(`a session of ${application} in front of ${lock}`, waiting, WAITING_MS));
      await client.query('ROLLBACK');
    });
  }

  /** Every session of the services, wherever it stands. */
  async stopAll(): Promise<void> {
    await withClient(this.#adminUrl, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE usename LIKE 'ushadow_%' AND pid <> pg_backend_pid()`,
      );
      this.#stop(rows.map(({ pid }) => pid));
    });
  }

  /** They go on with what they were about. */
  wake(): void {
    for (const pid of this.#stopped) process.kill(pid, 'SIGCONT');
    this.#stopped = [];
  }

  #stop(pids: readonly number[]): void {
    this.#stopped = [...pids];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
  }
}
