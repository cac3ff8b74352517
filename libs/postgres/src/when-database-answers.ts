import { setTimeout as pause } from 'node:timers/promises';

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 5_000;
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', '57P03', '57P01']);

/** Told each time the database is still away: the error's code, and the wait until the next try in milliseconds. */
export type OnWait = (wait: { readonly code: string; readonly waitMs: number }) => void;

/** Runs the work as soon as Postgres is there. Anything but its absence is thrown. */
export async function whenDatabaseAnswers<T>(work: () => Promise<T>, onWait: OnWait): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code !== 'string' || !awayCodes.has(code)) throw error;
      onWait({ code, waitMs });
      await pause(waitMs);
    }
  }
}
