import { Worker } from 'node:worker_threads';
import { READY, type AnswerMessage, type TaskMessage } from './messages.ts';
import type { WorkLimits } from './work-limits.ts';
import { WorkStopped, type StopReason } from './work-stopped.ts';

/** The worker stands beside this file, in whichever form this file runs. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
const LOOK_MS = 100;
const YOUNG_MEGABYTES = 96;
const STACK_MEGABYTES = 4;

type Limits = Pick<WorkLimits, 'cpuSeconds' | 'seconds' | 'megabytes'>;

interface Pending {
  readonly resolve: (answer: AnswerMessage) => void;
  readonly reject: (error: unknown) => void;
  looking: NodeJS.Timeout | undefined;
}

/** A thread that runs one task at a time within limits; what goes beyond them ends it. */
export class BoundedWorker {
  readonly #worker: Worker;
  readonly #limits: Limits;
  readonly #ready = Promise.withResolvers<void>();
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
    this.#worker.on('message', (message: typeof READY | AnswerMessage) => {
      if (message === READY) this.#ready.resolve();
      else this.#end()?.resolve(message);
    });
    this.#worker.on('error', (error: Error & { code?: string }) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#gone(isMemory ? new WorkStopped({ limit: 'memory', max_megabytes: limits.megabytes }) : error);
    });
    this.#worker.on('exit', () => this.#gone(new WorkStopped({ limit: 'thread' })));
    this.#worker.unref();
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Rejects with WorkStopped for a task that goes beyond the limits, after which the worker is gone. */
  run(task: TaskMessage): Promise<AnswerMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerMessage>();
    const pending: Pending = { resolve, reject, looking: undefined };
    this.#pending = pending;
    this.#worker.ref();
    void this.#begin(task, pending);
    return promise;
  }

  /** What it takes to start is not the task's. */
  async #begin(task: TaskMessage, pending: Pending): Promise<void> {
    await this.#ready.promise;
    const before = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    if (this.#pending !== pending) return;
    pending.looking = this.#watch(before);
    this.#worker.postMessage(task);
  }

  async close(): Promise<void> {
    this.#gone(new Error('the workers are closed'));
    await this.#worker.terminate();
  }

  /** Looks at what the task has cost, again and again until it is answered. */
  #watch(before: NodeJS.CpuUsage): NodeJS.Timeout {
    const started = performance.now();
    const { cpuSeconds, seconds: secondsMax } = this.#limits;
    const judge = ({ user, system }: NodeJS.CpuUsage): void => {
      const used = (user + system) / 1_000_000;
      if (used > cpuSeconds) this.#stop({ limit: 'cpu', seconds: used, max: cpuSeconds });
    };
    return setInterval(() => {
      const seconds = (performance.now() - started) / 1_000;
      if (seconds > secondsMax) this.#stop({ limit: 'time', seconds, max: secondsMax });
      // A thread that has ended has no usage, and its end is reported anyway.
      else this.#worker.cpuUsage(before).then(judge, () => undefined);
    }, LOOK_MS);
  }

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
