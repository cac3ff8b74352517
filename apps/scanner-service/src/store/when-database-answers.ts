import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@ushadow/observability';

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 5_000;
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', '57P03', '57P01']);

/** Runs the work as soon as Postgres is there. Anything but its absence is thrown. */
export async function whenDatabaseAnswers<T>(work: () => Promise<T>, logger: Logger): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code !== 'string' || !awayCodes.has(code)) throw error;
      logger.warn({ code, waitMs }, 'the database does not answer yet');
      await pause(waitMs);
    }
  }
}
