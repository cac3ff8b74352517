import type { Clock } from '../clock.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { ANSWER_LIMITS } from './answer-limits.ts';
import { CallScope } from './call-scope.ts';
import type { HttpCall, HttpClient } from './http-client.ts';
import { readLines } from './read-body.ts';

/** Lines of one streaming answer, given up when nothing arrives for `idleMs`. The first is empty: the server has accepted. */
export async function* watchLines(
  client: HttpClient,
  call: HttpCall,
  options: { clock: Clock; idleMs: number; connectMs: number; signal: AbortSignal; opened: () => void },
): AsyncGenerator<string> {
  using scope = new CallScope(options.clock, undefined, options.signal);
  const watchdog = new Watchdog(options.clock, () => scope.cancel());
  // A closed watch may never be asked for its next line, so that nothing below would run.
  options.signal.addEventListener('abort', () => watchdog.stop(), { once: true });
  try {
    watchdog.restart(options.connectMs);
    const response = await client.open(call, scope.signal);
    options.opened();
    watchdog.restart(options.idleMs);
    yield '';
    for await (const line of readLines(response.body, ANSWER_LIMITS.objectMaxBytes)) {
      watchdog.restart(options.idleMs);
      yield line;
    }
  } catch (error) {
    if (!options.signal.aborted && watchdog.expired) throw idleTooLong();
    throw error;
  } finally {
    watchdog.stop();
    scope.cancel();
  }
}

function idleTooLong(): KubernetesApiError {
  const message = 'the watch was silent for too long';
  return new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionLost', message });
}

class Watchdog {
  readonly #clock: Clock;
  readonly #onExpire: () => void;
  #stop: () => void = () => undefined;
  expired = false;

  constructor(clock: Clock, onExpire: () => void) {
    this.#clock = clock;
    this.#onExpire = onExpire;
  }

  restart(ms: number): void {
    this.#stop();
    const timer = this.#clock.timer(ms);
    this.#stop = timer.cancel.bind(timer);
    void timer.elapsed.then(() => {
      this.expired = true;
      this.#onExpire();
    });
  }

  stop(): void {
    this.#stop();
  }
}
