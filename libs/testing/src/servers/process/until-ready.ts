import { setTimeout as delay } from 'node:timers/promises';
import type { TiedProcess } from './tied-process.ts';

export type UntilReadyOptions = {
  /** What is being waited for, as it should read in an error: "PostgreSQL". */
  readonly name: string;
  readonly process: TiedProcess;
  /** Resolves to true when the program serves; a rejection counts as "not yet". */
  readonly probe: () => Promise<boolean>;
  readonly timeoutMs: number;
  readonly pollMs?: number;
};

/** Polls until the program serves. Fails at once, with its last output, when it ends first or needs too long. */
export async function untilReady({
  name,
  process: child,
  probe,
  timeoutMs,
  pollMs = 50,
}: UntilReadyOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (child.hasExited()) throw new Error(`${name} ended while starting:\n${child.lastOutput().trim()}`);
    if (await probe().catch(() => false)) return;
    if (Date.now() > deadline) {
      throw new Error(`${name} was not ready after ${timeoutMs / 1000} s:\n${child.lastOutput().trim()}`);
    }
    await delay(pollMs);
  }
}
