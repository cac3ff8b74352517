import type { CancelSignal } from '@ushadow/kubernetes';

/** Aborted as soon as one of them is. Unlike `AbortSignal.any` it asks them each time, and takes any kind of signal. */
export function anySignal(...signals: readonly CancelSignal[]): CancelSignal {
  return {
    get aborted() {
      return signals.some((signal) => signal.aborted);
    },
    addEventListener: (type, listener, options) => {
      for (const signal of signals) signal.addEventListener(type, listener, options);
    },
    removeEventListener: (type, listener) => {
      for (const signal of signals) signal.removeEventListener(type, listener);
    },
  };
}
