import { setTimeout as pause } from 'node:timers/promises';
import { storeFailure } from './store-failure.ts';

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 5_000;
/** Not there, or not yet: nothing of the database itself was asked. */
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN']);

/** Told each time the database is still away: why, in one sentence, and the wait until the next try in milliseconds. */
export type OnWait = (wait: { readonly reason: string; readonly waitMs: number }) => void;

/** Runs the work as soon as Postgres is there. Anything but its absence is thrown. */
export async function whenDatabaseAnswers<T>(work: () => Promise<T>, onWait: OnWait): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      const reason = whyAway(error);
      if (reason === undefined) throw error;
      onWait({ reason, waitMs });
      await pause(waitMs);
    }
  }
}

function whyAway(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && awayCodes.has(code) ? code : storeFailure(error);
}
