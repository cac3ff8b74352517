import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;

/** Asks until there is an answer. @throws Error that says what was waited for */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  timeoutMs: number,
): Promise<T> {
  const limit = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > limit) throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
    await delay(POLL_MS);
  }
}
