import type { CancelSignal } from '../cancel-signal.ts';
import type { Clock } from '../clock.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';

/** Joins a caller's cancellation and a deadline into one AbortSignal. Dispose when the work is over. */
export class CallScope implements Disposable {
  readonly #controller = new AbortController();
  readonly #source: CancelSignal | undefined;
  readonly #stopTimer: () => void;

  constructor(clock: Clock, deadlineMs: number | undefined, source: CancelSignal | undefined) {
    this.#source = source;
    if (source?.aborted === true) this.cancel();
    source?.addEventListener('abort', this.cancel, { once: true });
    const timer = deadlineMs === undefined ? undefined : clock.timer(deadlineMs);
    this.#stopTimer = () => timer?.cancel();
    void timer?.elapsed.then(() => this.#abort('DeadlineExceeded', 'the API server did not answer in time'));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly cancel = (): void => this.#abort('Cancelled', 'the call was cancelled');

  /** Resolves after the wait; rejects with the scope's error when it ends first. */
  async wait(clock: Clock, ms: number): Promise<void> {
    const timer = clock.timer(ms);
    const { signal } = this;
    try {
      await Promise.race([timer.elapsed, rejectionOf(signal)]);
      signal.throwIfAborted();
    } finally {
      timer.cancel();
    }
  }

  [Symbol.dispose](): void {
    this.#stopTimer();
    this.#source?.removeEventListener('abort', this.cancel);
  }

  #abort(reason: 'DeadlineExceeded' | 'Cancelled', message: string): void {
    this.#controller.abort(new KubernetesApiError({ httpStatus: 0, reason, message }));
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
