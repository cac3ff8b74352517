import type { KubeObject } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import { CancelSource } from '../cancel-source.ts';
import type { ObjectChange, Verdict } from '../deploy-result.ts';
import type { Cause, Failure } from '../failure.ts';
import type { GraphNode } from '../graph/apply-graph.ts';
import type { PlanSight } from '../plan/make-plan.ts';
import { Pulse } from '../pulse.ts';
import { textAt } from '../readiness/fields.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import { ClusterView } from '../watch/cluster-view.ts';
import { observe } from '../watch/observe.ts';
import { isWatched, watchTargets } from '../watch/watch-targets.ts';
import { ApplyRun } from './apply-run.ts';
import { Assessor } from './assessor.ts';
import { CANCELLED } from './cancelled.ts';
import { deadlineFailure } from './deadline-failure.ts';
import { withLogs } from './failure-logs.ts';
import { warnOfMissingAddresses } from './missing-addresses.ts';
import type { RunContext } from './run-context.ts';
import { inStage } from './run-context.ts';
import { Sight } from './sight.ts';

export interface RolloutResult {
  readonly verdict: Verdict;
  readonly failure?: Failure;
  readonly causes: readonly Cause[];
  readonly changes: readonly ObjectChange[];
}

type Ending = { readonly verdict: Verdict; readonly failure?: Failure };

/** Applies a checked plan and watches until there is a verdict. */
export class Rollout {
  readonly #nodes: readonly GraphNode[];
  readonly #context: RunContext;
  readonly #view: ClusterView;
  readonly #pulse: Pulse;
  readonly #run: ApplyRun;
  readonly #assessor: Assessor;
  readonly #sight: Sight;
  readonly #needsWatch: boolean;
  /** Ends writes that are still unanswered a while after the run was to end. */
  readonly #writes: CancelSource;
  #readySince: number | undefined;
  #crash: { readonly error: unknown } | undefined;

  constructor(nodes: readonly GraphNode[], sight: PlanSight, context: RunContext) {
    this.#nodes = nodes;
    this.#context = context;
    this.#pulse = new Pulse(context.clock);
    this.#view = new ClusterView(interestOf(nodes));
    for (const object of sight.live.values()) this.#view.put(object);
    const entries = new Map(sight.plan.entries.map((entry) => [objectKey(entry.object), entry]));
    this.#writes = new CancelSource(context.signal);
    this.#run = new ApplyRun(
      nodes,
      entries,
      { ...context, signal: this.#writes },
      {
        onWritten: (object) => this.#written(object),
        onCrash: (error) => this.#crashed(error),
      },
    );
    this.#assessor = new Assessor(nodes, this.#view, context);
    this.#sight = new Sight(context, () => this.#pulse.beat());
    this.#needsWatch = nodes.some(({ key, object }) => {
      const live = sight.live.get(key);
      if (!isWatched(object)) return false;
      return entries.get(key)?.action !== 'unchanged' || live === undefined || readinessOf(live).state !== 'ready';
    });
  }

  async run(): Promise<RolloutResult> {
    const watching = new CancelSource(this.#context.signal);
    const wake = (): void => this.#pulse.beat();
    this.#context.ending.addEventListener('abort', wake);
    const observers = this.#needsWatch ? this.#observe(watching) : [];
    try {
      const applied = await inStage(this.#context, 'apply', async () => {
        const early = await this.#loop(() => this.#run.isDone);
        await this.#settle();
        return early;
      });
      const ending = applied ?? (await inStage(this.#context, 'wait', () => this.#loop(() => false)));
      return await this.#conclude(ending ?? { verdict: 'succeeded' });
    } finally {
      this.#context.ending.removeEventListener('abort', wake);
      watching.cancel();
      await Promise.all(observers);
    }
  }

  /** What is under way is part of the step; only a cluster that does not answer is not waited for. */
  async #settle(): Promise<void> {
    const { ending, clock } = this.#context;
    if (ending.aborted) {
      const timer = clock.timer(ANSWER_WAIT_MS);
      await Promise.race([this.#run.settle(), timer.elapsed]);
      timer.cancel();
      this.#writes.cancel();
    }
    await this.#run.settle();
  }

  #written(object: KubeObject | undefined): void {
    if (object !== undefined) this.#view.put(object);
    this.#pulse.beat();
  }

  /** Something that is no answer of the cluster: the run cannot go on. */
  #crashed(error: unknown): void {
    this.#crash ??= { error };
    this.#pulse.beat();
  }

  #observe(signal: CancelSource): Promise<void>[] {
    const { cluster, clock } = this.#context;
    return watchTargets(this.#nodes.map(({ object }) => object)).map((target) => {
      const own = this.#nodes
        .map(({ id }) => id)
        .filter(
          ({ kind, group, namespace }) =>
            kind === target.kind && group === target.group && namespace === target.namespace,
        );
      return observe(target, own, cluster, this.#view, this.#sight, { clock, signal }).catch((error: unknown) =>
        this.#crashed(error),
      );
    });
  }

  /** Goes on until there is a verdict, or until `isOver`. */
  async #loop(isOver: () => boolean): Promise<Ending | undefined> {
    for (;;) {
      if (this.#crash !== undefined) throw this.#crash.error;
      this.#assessor.assess(this.#run);
      const ending = this.#ending();
      if (ending !== undefined || isOver()) return ending;
      this.#run.launch(this.#assessor.readinessOf);
      await this.#pulse.wait(this.#nextLook());
    }
  }

  #ending(): Ending | undefined {
    const { clock, ending, settings } = this.#context;
    const now = clock.now();
    if (ending.aborted) return { verdict: 'cancelled', failure: CANCELLED };
    if (this.#run.failure !== undefined) return failedWrite(this.#run.failure);
    const failure = this.#assessor.finalFailure();
    if (failure !== undefined) return { verdict: 'failed', failure };
    if (this.#isSettled(now)) return { verdict: 'succeeded' };
    return this.#lostSight(now) ?? this.#pastDeadline(now, settings);
  }

  #isSettled(now: number): boolean {
    if (!this.#run.isDone || !this.#assessor.isAllReady) {
      this.#readySince = undefined;
      return false;
    }
    this.#readySince ??= now;
    return !this.#needsWatch || now - this.#readySince >= this.#context.settings.settleMs;
  }

  #lostSight(now: number): Ending | undefined {
    const { lostSince, failure } = this.#sight;
    if (lostSince === undefined || failure === undefined) return undefined;
    const isLong = now - lostSince >= this.#context.settings.stallMs || now >= this.#deadline;
    return this.#sight.isGone || isLong ? { verdict: 'unknown', failure } : undefined;
  }

  #pastDeadline(now: number, { stallMs, deadlineMs }: { stallMs: number; deadlineMs: number }): Ending | undefined {
    if (now >= this.#deadline) {
      return { verdict: 'failed', failure: deadlineFailure('OVERALL_DEADLINE', deadlineMs, this.#assessor) };
    }
    const isStalled = this.#sight.lostSince === undefined && now - this.#assessor.progressAt >= stallMs;
    if (!isStalled || this.#readySince !== undefined) return undefined;
    return { verdict: 'failed', failure: deadlineFailure('STALL_DEADLINE', stallMs, this.#assessor) };
  }

  get #deadline(): number {
    return this.#context.startedAt + this.#context.settings.deadlineMs;
  }

  /** The next moment at which something may be decided without anything happening. */
  #nextLook(): number {
    const { settleMs, stallMs } = this.#context.settings;
    const now = this.#context.clock.now();
    const times = [
      this.#deadline,
      (this.#sight.lostSince ?? this.#assessor.progressAt) + stallMs,
      this.#assessor.ledger.nextFinalAt(),
      this.#readySince === undefined ? Infinity : this.#readySince + settleMs,
    ];
    return Math.min(...times.filter((time) => time > now), now + MAX_SLEEP_MS);
  }

  async #conclude(ending: Ending): Promise<RolloutResult> {
    if (ending.verdict === 'succeeded') warnOfMissingAddresses(this.#nodes, this.#view, this.#context.emit);
    const { ledger } = this.#assessor;
    const causes = ledger.causes(this.#context.clock.now());
    const failure =
      ending.failure === undefined ? undefined : await withLogs(ending.failure, causes, ledger, this.#context);
    return {
      verdict: ending.verdict,
      ...(failure === undefined ? {} : { failure }),
      causes,
      changes: this.#run.changes(),
    };
  }
}

/** A namespace may be full of other people's events; ours are about objects named after our own. */
function interestOf(nodes: readonly GraphNode[]): (object: KubeObject) => boolean {
  const names = nodes.map(({ id }) => id.name);
  return (object) => {
    if (object.kind !== 'Event') return true;
    const about = textAt(object, ['involvedObject', 'name']);
    return names.some((name) => about === name || about.startsWith(`${name}-`));
  };
}

const MAX_SLEEP_MS = 60_000;
const ANSWER_WAIT_MS = 10_000;

/** A write whose answer never came may have happened. */
function failedWrite(failure: Failure): Ending {
  const isUnknown = ['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED', 'API_RATE_LIMITED'].includes(failure.code);
  return { verdict: isUnknown ? 'unknown' : 'failed', failure };
}
