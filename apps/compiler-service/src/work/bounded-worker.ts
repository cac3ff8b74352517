import { Worker } from 'node:worker_threads';
import type { AnswerMessage, TaskMessage } from './messages.ts';
import type { WorkLimits } from './work-limits.ts';
import { WorkStopped, type StopReason } from './work-stopped.ts';

/** The worker stands beside this file, in whichever form this file runs. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
const LOOK_MS = 100;
const YOUNG_MEGABYTES = 16;
const STACK_MEGABYTES = 4;

type Limits = Pick<WorkLimits, 'cpuSeconds' | 'seconds' | 'megabytes'>;

interface Pending {
  readonly resolve: (answer: AnswerMessage) => void;
  readonly reject: (error: unknown) => void;
  readonly looking: NodeJS.Timeout;
}

/** A thread that runs one task at a time within limits; what goes beyond them ends it. */
export class BoundedWorker {
  readonly #worker: Worker;
  readonly #limits: Limits;
  #pending: Pending | undefined;
  #isGone = false;

  constructor(limits: Limits, entry: URL = ENTRY) {
    this.#limits = limits;
    this.#worker = new Worker(entry, {
      // Nothing of this process's own is for whoever reads what users hand in.
      env: {},
      resourceLimits: {
        maxOldGenerationSizeMb: limits.megabytes,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
        stackSizeMb: STACK_MEGABYTES,
      },
    });
    this.#worker.on('message', (answer: AnswerMessage) => this.#end()?.resolve(answer));
    this.#worker.on('error', (error: Error & { code?: string }) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#gone(isMemory ? new WorkStopped({ limit: 'memory', max_megabytes: limits.megabytes }) : error);
    });
    this.#worker.on('exit', () => this.#gone(new Error('a worker ended')));
    this.#worker.unref();
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Rejects with WorkStopped for a task that goes beyond the limits, after which the worker is gone. */
  run(task: TaskMessage): Promise<AnswerMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerMessage>();
    this.#pending = { resolve, reject, looking: this.#watch() };
    this.#worker.ref();
    this.#worker.postMessage(task);
    return promise;
  }

  async close(): Promise<void> {
    this.#gone(new Error('the workers are closed'));
    await this.#worker.terminate();
  }

  /** Looks at what the task has cost, again and again until it is answered. */
  #watch(): NodeJS.Timeout {
    const started = performance.now();
    // A thread that is only starting has used nothing yet.
    const before = this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return setInterval(() => {
      const seconds = (performance.now() - started) / 1_000;
      if (seconds > this.#limits.seconds) this.#stop({ limit: 'time', seconds, max: this.#limits.seconds });
      // A thread that has ended has no usage, and its end is heard of anyway.
      else Promise.all([before, this.#worker.cpuUsage()]).then(this.#judge, () => undefined);
    }, LOOK_MS);
  }

  readonly #judge = ([before, now]: readonly NodeJS.CpuUsage[]): void => {
    if (before === undefined || now === undefined) return;
    const seconds = (now.user + now.system - before.user - before.system) / 1_000_000;
    if (seconds > this.#limits.cpuSeconds) this.#stop({ limit: 'cpu', seconds, max: this.#limits.cpuSeconds });
  };

  #stop(reason: StopReason): void {
    this.#gone(new WorkStopped(reason));
    void this.#worker.terminate();
  }

  #gone(error: unknown): void {
    this.#isGone = true;
    this.#end()?.reject(error);
  }

  #end(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    clearInterval(pending?.looking);
    if (!this.#isGone) this.#worker.unref();
    return pending;
  }
}
