import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 10_000;
const LOOK_MS = 50;

/** Looks again until it is so. @throws Error with what was waited for */
export async function waitFor(what: string, isSo: () => boolean): Promise<void> {
  for (const until = Date.now() + LIMIT_MS; !isSo(); await delay(LOOK_MS))
    if (Date.now() > until) throw new Error(`it never came that ${what}`);
}
