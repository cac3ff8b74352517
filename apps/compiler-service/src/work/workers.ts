import { DomainError } from '@ushadow/contracts';
import { BoundedWorker } from './bounded-worker.ts';
import { outputOf } from './messages.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';
import type { WorkLimits } from './work-limits.ts';

interface Waiting {
  readonly name: TaskName;
  readonly take: (worker: BoundedWorker) => void;
}

/** Nobody waits for these: they take a thread only where another one is left. */
const BACKGROUND: ReadonlySet<TaskName> = new Set(['checkTemplate']);

/** A few threads for all that is done with what users hand in: this process stays free, and no project can end it. */
export class Workers {
  readonly #limits: WorkLimits;
  readonly #start: () => BoundedWorker;
  readonly #idle: BoundedWorker[] = [];
  readonly #busy = new Set<BoundedWorker>();
  readonly #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(limits: WorkLimits, start = () => new BoundedWorker(limits)) {
    this.#limits = limits;
    this.#start = start;
  }

  /** Rejects with WorkStopped for a project that costs too much, and with COMPILER_BUSY when too many tasks wait. */
  async run<N extends TaskName>(name: N, input: TaskInput<N>): Promise<TaskOutput<N>> {
    const worker = await this.#worker(name);
    try {
      this.#refuseWhenClosed();
      return outputOf(await worker.run({ name, input })) as TaskOutput<N>;
    } finally {
      this.#release(worker);
    }
  }

  /** What runs is ended, and what waits is not begun. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#idle.splice(0), ...this.#busy].map((worker) => worker.close()));
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new Error('the workers are closed');
  }

  async #worker(name: TaskName): Promise<BoundedWorker> {
    this.#refuseWhenClosed();
    if (this.#mayBegin(name)) {
      let idle = this.#idle.pop();
      while (idle?.isGone) idle = this.#idle.pop();
      const worker = idle ?? this.#start();
      this.#busy.add(worker);
      return worker;
    }
    const asked = this.#waiting.filter((waiting) => isCounted(waiting.name)).length;
    if (isCounted(name) && asked >= this.#limits.waiting) {
      throw new DomainError(
        'COMPILER_BUSY',
        'unavailable',
        'Too many projects are being compiled. Try again in a moment.',
      );
    }
    const { promise, resolve } = Promise.withResolvers<BoundedWorker>();
    this.#waiting.push({ name, take: resolve });
    return promise;
  }

  #mayBegin(name: TaskName): boolean {
    const { workers } = this.#limits;
    return this.#busy.size < (BACKGROUND.has(name) ? Math.max(1, workers - 1) : workers);
  }

  /** One that is gone makes room for a new one. */
  #release(worker: BoundedWorker): void {
    this.#busy.delete(worker);
    const next = this.#next();
    if (next === undefined) {
      if (!worker.isGone) this.#idle.push(worker);
      return;
    }
    const successor = worker.isGone && !this.#isClosed ? this.#start() : worker;
    this.#busy.add(successor);
    next.take(successor);
  }

  /** Those that somebody waits for come first. */
  #next(): Waiting | undefined {
    const asked = this.#waiting.findIndex(({ name }) => !BACKGROUND.has(name));
    const index = asked === -1 ? this.#waiting.findIndex(({ name }) => this.#mayBegin(name)) : asked;
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}

/** Lists wait for as long as it takes. */
function isCounted(name: TaskName): boolean {
  return name !== 'examine' && !BACKGROUND.has(name);
}
