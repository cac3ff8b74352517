import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 50;

/** Waits for a condition; the last thing that was seen is in the error. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 30_000,
  describe: () => string = () => '',
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`it did not come about within ${String(limitMs)} ms ${describe()}`);
    await pause(LOOK_MS);
  }
}
