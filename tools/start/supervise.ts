import { setTimeout as delay } from 'node:timers/promises';
import type { TiedProcess } from '@ushadow/testing/servers';

export type Supervised = {
  readonly name: string;
  /** Starts the program once more. */
  readonly start: () => Promise<TiedProcess>;
  readonly tell: (line: string) => void;
  /** Where its output goes, for the line a person reads. */
  readonly logFile: string;
  /** First pause before starting again; doubles with each crash. */
  readonly pauseMs?: number;
};

/** A program that is started again whenever it ends by itself, until it is stopped. */
export type Supervisor = { readonly stop: () => Promise<void> };

const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A program that ran this long was well: its next crash counts as the first. */
const STEADY_MS = 60_000;

/** Takes over a program that runs already. */
export function supervise(
  first: TiedProcess,
  { name, start, tell, logFile, pauseMs = PAUSE_MS }: Supervised,
): Supervisor {
  const stopping = new AbortController();
  let current = first;
  const watch = async (): Promise<void> => {
    let pause = pauseMs;
    for (;;) {
      const startedAt = Date.now();
      const code = await current.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > STEADY_MS) pause = pauseMs;
      tell(`${name} ended (exit code ${code}); starting it again in ${pause / 1000} s, see ${logFile}`);
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      current = await start();
    }
  };
  const watching = watch().catch((error: unknown) => tell(`${name} cannot be started again: ${String(error)}`));
  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
      await current.stop(); // when the abort met a start that was under way
    },
  };
}
