import type { Clock, Timer } from '../clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  timer(ms: number): Timer {
    let handle: NodeJS.Timeout | undefined;
    const elapsed = new Promise<void>((resolve) => {
      handle = setTimeout(resolve, ms);
    });
    return { elapsed, cancel: () => clearTimeout(handle) };
  },
};
