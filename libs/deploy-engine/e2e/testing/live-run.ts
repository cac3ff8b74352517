import type { KubeObject } from '@ushadow/kubernetes';
import { systemClock } from '@ushadow/kubernetes/transport';
import type {
  Cause,
  ClusterPort,
  DeployEvent,
  DeployOptions,
  DeployResult,
  DeployRun,
  DesiredState,
} from '../../src/index.ts';
import { deploy } from '../../src/index.ts';

/** A deployment under way, whose events can be waited for while a test acts on the cluster. */
export class LiveRun {
  readonly events: DeployEvent[] = [];
  readonly result: Promise<DeployResult>;
  readonly #controller = new AbortController();
  readonly #waiting = new Set<() => void>();
  #isOver = false;

  constructor(desired: DesiredState | readonly KubeObject[], cluster: ClusterPort, options: DeployOptions = {}) {
    const state = 'objects' in desired ? desired : { objects: desired, dependencies: [] };
    const { signal } = this.#controller;
    const run = deploy(state, cluster, { deadlineMs: 50_000, ...options }, { clock: systemClock, signal });
    this.result = this.#follow(run).finally(() => {
      this.#isOver = true;
      this.#wake();
    });
    this.result.catch(() => undefined);
  }

  /** The first event that fits, past or to come. @throws Error when the run ends without it */
  async until(fits: (event: DeployEvent) => boolean, what = 'the event'): Promise<DeployEvent> {
    for (;;) {
      const found = this.events.find(fits);
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`${what} never came: ${JSON.stringify((await this.result).failure)}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async cause(code: string, severity?: Cause['severity']): Promise<{ readonly cause: Cause; readonly at: number }> {
    const event = await this.until(
      (each) =>
        each.type === 'cause.raised' &&
        each.cause.code === code &&
        (severity === undefined || each.cause.severity === severity),
      `cause ${code}`,
    );
    if (event.type !== 'cause.raised') throw new Error('not a cause');
    return { cause: event.cause, at: event.at };
  }

  /** Codes raised so far, each once. */
  get codes(): string[] {
    return [...new Set(this.events.flatMap((event) => (event.type === 'cause.raised' ? [event.cause.code] : [])))];
  }

  async cancel(): Promise<DeployResult> {
    this.#controller.abort();
    return this.result;
  }

  async #follow(run: DeployRun): Promise<DeployResult> {
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
      this.events.push(...step.value);
      this.#wake();
    }
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
