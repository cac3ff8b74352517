import type { RunningSystem } from '@ushadow/testing';
import { repositoryRoot } from '@ushadow/testing';
import { SERVICES, startService } from '@ushadow/testing/services';
import type { RunningService } from '@ushadow/testing/services';
import { until } from './until.ts';

export interface Worker {
  readonly service: RunningService;
  /** Everything it has written so far. */
  readonly output: () => string;
}

type Environment = Readonly<Record<string, string>>;
/** The environment of the pool's nth worker, from 0. */
export type EnvironmentOf = (worker: number) => Environment;

const HOLDER_MS = 20_000;

/** Without what keeps a service small and makes its start longer. */
const ROOMY = ['--max-semi-space-size=32'];

/** Deployer processes that work, beside the one of the system that only answers. */
export class WorkerPool {
  readonly #system: RunningSystem;
  readonly #envOf: EnvironmentOf;
  #started = 0;
  #stopping = false;
  #filling: Promise<void> = Promise.resolve();
  readonly #workers: Worker[] = [];
  readonly #ending = new Set<Worker>();
  /** What processes wrote that are gone. */
  #past = '';

  constructor(system: RunningSystem, envOf: EnvironmentOf) {
    this.#system = system;
    this.#envOf = envOf;
  }

  /** Those that may take a deployment. */
  get alive(): readonly Worker[] {
    return this.#workers.filter((worker) => !worker.service.process.hasExited() && !this.#ending.has(worker));
  }

  /** Everything any of them wrote. */
  output(): string {
    return this.#past + this.#workers.map(({ output }) => output()).join('');
  }

  async add(): Promise<Worker> {
    const service = SERVICES.find(({ name }) => name === 'deployer-service');
    if (service === undefined) throw new Error('there is no deployer-service');
    let output = '';
    const started = await startService({
      root: repositoryRoot(),
      service,
      settings: this.#system.settings,
      env: this.#envOf(this.#started++),
      onOutput: (text) => (output += text),
      sourceMaps: false,
      nodeFlags: ROOMY,
    });
    const worker = { service: started, output: () => output };
    this.#workers.push(worker);
    await started.ready();
    return worker;
  }

  /** Starts as many as are missing, after whatever is being started already. */
  fill(count: number): Promise<void> {
    const start = async (): Promise<void> => {
      this.#bury();
      const missing = this.#stopping ? 0 : Math.max(0, count - this.alive.length);
      await Promise.all(Array.from({ length: missing }, () => this.add()));
    };
    this.#filling = this.#filling.then(start);
    // Whoever did not wait for it sees the failure at the next filling.
    this.#filling.catch(() => undefined);
    return this.#filling;
  }

  /** The living worker that has taken a deployment last. */
  async holderOf(deploymentId: string): Promise<Worker> {
    const ask = (): Worker | undefined => {
      const holders = this.alive.map((worker) => ({ worker, attempt: attemptOf(worker.output(), deploymentId) }));
      return holders.filter(({ attempt }) => attempt > 0).sort((a, b) => b.attempt - a.attempt)[0]?.worker;
    };
    return until(`a worker that holds ${deploymentId}`, ask, HOLDER_MS);
  }

  /** As the kernel does it: nothing of the process runs any more when this resolves. */
  async kill(worker: Worker): Promise<void> {
    worker.service.process.signal('KILL');
    await worker.service.process.exited;
  }

  /** Asks it to end in order; from now on it is none of the living. */
  end(worker: Worker): void {
    this.#ending.add(worker);
    worker.service.process.signal('TERM');
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#filling.catch(() => undefined);
    await Promise.all(
      this.#workers.map(({ service }) => {
        service.process.signal('CONT');
        return service.process.stop();
      }),
    );
  }

  #bury(): void {
    for (const worker of this.#workers.filter(({ service }) => service.process.hasExited())) {
      this.#past += worker.output();
      this.#workers.splice(this.#workers.indexOf(worker), 1);
    }
  }
}

/** Which attempt of a deployment a process says it has begun; 0 for none. */
function attemptOf(output: string, deploymentId: string): number {
  const taken = output
    .split('\n')
    .filter((line) => line.includes(deploymentId) && line.includes(' taken'))
    .map((line) => (JSON.parse(line) as { attempt: number }).attempt);
  return Math.max(0, ...taken);
}
