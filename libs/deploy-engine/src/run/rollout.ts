import type { KubeObject } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import { CancelSource } from '../cancel-source.ts';
import type { Emit } from '../deploy-event.ts';
import type { ObjectChange, Verdict } from '../deploy-result.ts';
import { isLossOfSight } from '../api-failure.ts';
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
  /** Ends the writes under way. */
  readonly #writing: CancelSource;
  readonly #run: ApplyRun;
  readonly #assessor: Assessor;
  readonly #sight: Sight;
  readonly #needsWatch: boolean;
  #readySince: number | undefined;
  #crash: { readonly error: unknown } | undefined;

  constructor(nodes: readonly GraphNode[], sight: PlanSight, context: RunContext) {
    this.#nodes = nodes;
    this.#context = context;
    this.#pulse = new Pulse(context.clock);
    this.#view = new ClusterView(interestOf(nodes));
    for (const object of sight.live.values()) this.#view.put(object);
    const entries = new Map(sight.plan.entries.map((entry) => [objectKey(entry.object), entry]));
    this.#writing = new CancelSource(context.signal);
    const emit: Emit = (event) => {
      context.emit(event);
      if (event.type === 'retry') this.#sight.unanswered(event.notice);
    };
    this.#run = new ApplyRun(
      nodes,
      entries,
      { ...context, signal: this.#writing, emit },
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
    this.#context.signal.addEventListener('abort', wake);
    const observers = this.#needsWatch ? this.#observe(watching) : [];
    try {
      const applied = await inStage(this.#context, 'apply', () => this.#loop(() => this.#run.isDone));
      const ending = applied ?? (await inStage(this.#context, 'wait', () => this.#loop(() => false)));
      // Nothing is known of them any more; with any other verdict their answers count.
      if (ending?.verdict === 'unknown') this.#writing.cancel();
      await this.#run.settle();
      return await this.#conclude(ending ?? { verdict: 'succeeded' });
    } finally {
      this.#context.signal.removeEventListener('abort', wake);
      watching.cancel();
      await Promise.all(observers);
    }
  }

  #written(object: KubeObject | undefined): void {
    if (object !== undefined) {
      this.#view.put(object);
      this.#sight.answered();
    }
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
      // One time for the whole look: what comes due during it is due at the next one, not never.
      const now = this.#context.clock.now();
      this.#assessor.assess(this.#run);
      const ending = this.#ending(now);
      if (ending !== undefined || isOver()) return ending;
      this.#run.launch(this.#assessor.readinessOf);
      await this.#pulse.wait(this.#nextLook(now));
    }
  }

  #ending(now: number): Ending | undefined {
    const { signal, settings } = this.#context;
    if (signal.aborted) return { verdict: 'cancelled', failure: CANCELLED };
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
  #nextLook(now: number): number {
    const { settleMs, stallMs } = this.#context.settings;
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

const CANCELLED: Failure = { code: 'CANCELLED', message: 'the deployment was cancelled', evidence: [] };

/** A write whose answer never came may have happened. */
function failedWrite(failure: Failure): Ending {
  return { verdict: isLossOfSight(failure) ? 'unknown' : 'failed', failure };
}
