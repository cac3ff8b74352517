import { DomainError } from '@ushadow/contracts';
import { BoundedWorker } from './bounded-worker.ts';
import { outputOf } from './messages.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';
import type { WorkLimits } from './work-limits.ts';

interface Waiting {
  readonly name: TaskName;
  readonly take: (worker: BoundedWorker) => void;
}

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
    let idle = this.#idle.pop();
    while (idle?.isGone) idle = this.#idle.pop();
    if (idle !== undefined || this.#busy.size < this.#limits.workers) {
      const worker = idle ?? this.#start();
      this.#busy.add(worker);
      return worker;
    }
    const asked = this.#waiting.filter((waiting) => waiting.name !== 'examine').length;
    if (name !== 'examine' && asked >= this.#limits.waiting) {
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

  /** One that is gone makes room for a new one. */
  #release(worker: BoundedWorker): void {
    this.#busy.delete(worker);
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (!worker.isGone) this.#idle.push(worker);
      return;
    }
    const successor = worker.isGone && !this.#isClosed ? this.#start() : worker;
    this.#busy.add(successor);
    next.take(successor);
  }
}
