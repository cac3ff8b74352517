import type { KubeObject } from '@ushadow/kubernetes';
import { objectKey, textAt } from '@ushadow/kubernetes';
import type { Cause, Failure } from '@ushadow/diagnose';
import { ClusterView } from '@ushadow/diagnose';
import { CancelSource } from '../cancel-source.ts';
import type { Emit } from '../deploy-event.ts';
import type { ObjectChange, ObjectEnd, Verdict } from '../deploy-result.ts';
import { isUnreachable } from '../api-failure.ts';
import type { GraphNode } from './apply-graph.ts';
import { isCompleted } from '../plan/plan-completed.ts';
import type { PlanReading } from '../plan/make-plan.ts';
import { AutoResetEvent } from '../auto-reset-event.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import { observe } from '../watch/observe.ts';
import { isWatched, watchTargets } from '../watch/watch-targets.ts';
import { ApplyRun } from './apply-run.ts';
import { Assessor } from './assessor.ts';
import { CANCELLED } from '../deploy-result.ts';
import { deadlineFailure } from './deadline-failure.ts';
import { skippedCauses } from './dependency-failures.ts';
import { ContainerLogs } from './container-logs.ts';
import { objectEnds } from './object-ends.ts';
import { warnOfUnreachable } from './unreachable-services.ts';
import { unreachableFor } from './unreachable-for.ts';
import type { OutsideDependencies } from './outside-dependencies.ts';
import type { RunContext } from './run-context.ts';
import { inStage } from './run-context.ts';
import { Reachability } from './reachability.ts';
import { StuckPods } from './stuck-pods.ts';

export interface RolloutResult {
  readonly verdict: Verdict;
  readonly failure?: Failure;
  readonly causes: readonly Cause[];
  readonly changes: readonly ObjectChange[];
  readonly states: readonly ObjectEnd[];
}

type Ending = { readonly verdict: Verdict; readonly failure?: Failure };

/** Applies a checked plan and watches until there is a verdict. */
export class Rollout {
  readonly #nodes: readonly GraphNode[];
  readonly #context: RunContext;
  readonly #view: ClusterView;
  readonly #changed: AutoResetEvent;
  /** Ends the writes under way. */
  readonly #writing: CancelSource;
  readonly #run: ApplyRun;
  readonly #assessor: Assessor;
  readonly #reachability: Reachability;
  readonly #logs: ContainerLogs;
  readonly #stuckPods: StuckPods;
  readonly #outside: OutsideDependencies;
  readonly #needsWatch: boolean;
  #readySince: number | undefined;
  #crash: { readonly error: unknown } | undefined;

  constructor(wanted: readonly GraphNode[], reading: PlanReading, outside: OutsideDependencies, context: RunContext) {
    const nodes = wanted.map((node) => ({ ...node, object: reading.bodies.get(node.key) ?? node.object }));
    this.#nodes = nodes;
    this.#outside = outside;
    this.#context = context;
    this.#changed = new AutoResetEvent(context.clock);
    this.#view = new ClusterView(interestOf(nodes));
    for (const object of [...reading.live.values(), ...outside.objects]) this.#view.put(object);
    const entries = new Map(reading.plan.entries.map((entry) => [objectKey(entry.object), entry]));
    const onCrash = (error: unknown): void => this.#crashed(error);
    this.#writing = new CancelSource(context.signal);
    const emit: Emit = (event) => {
      context.emit(event);
      if (event.type === 'retry') this.#reachability.unanswered(event.notice);
    };
    const writing = { ...context, signal: this.#writing };
    this.#run = new ApplyRun(
      nodes,
      reading,
      { ...writing, emit },
      {
        onWritten: (object) => this.#written(object),
        onCrash,
      },
    );
    this.#stuckPods = new StuckPods(this.#view, writing, onCrash);
    this.#logs = new ContainerLogs(context, { onChange: () => this.#changed.set(), onCrash });
    this.#assessor = new Assessor(nodes, this.#view, context, this.#logs, outside);
    this.#reachability = new Reachability(context, () => this.#changed.set());
    this.#needsWatch = nodes.some(({ key, id, object }) => {
      const live = reading.live.get(key);
      if (!isWatched(object) || isCompleted(id, context.settings)) return false;
      return entries.get(key)?.action !== 'unchanged' || live === undefined || readinessOf(live).state !== 'ready';
    });
  }

  async run(): Promise<RolloutResult> {
    const watching = new CancelSource(this.#context.signal);
    const onEnding = (): void => this.#changed.set();
    this.#context.ending.addEventListener('abort', onEnding);
    const observers = this.#needsWatch ? this.#observe(watching) : [];
    try {
      const applied = await inStage(this.#context, 'apply', async () => {
        const early = await this.#loop(() => this.#run.isDone);
        // Nothing is known of writes under way any more; with any other end their answers count, as part of the step.
        if (early?.verdict === 'unknown') this.#writing.cancel();
        await this.#settle();
        return early;
      });
      const ending = applied ?? (await inStage(this.#context, 'wait', () => this.#loop(() => false)));
      if (ending?.verdict === 'unknown') this.#writing.cancel();
      await this.#stuckPods.settle();
      const result = await this.#conclude(ending ?? { verdict: 'succeeded' });
      this.#throwCrash();
      return result;
    } finally {
      this.#context.ending.removeEventListener('abort', onEnding);
      watching.cancel();
      await Promise.all([...observers, this.#logs.close()]);
    }
  }

  /** What is under way is part of the step; when the run is to end, a cluster that does not answer is not waited for. */
  async #settle(): Promise<void> {
    const { ending, clock } = this.#context;
    if (ending.aborted) {
      const timer = clock.timer(ANSWER_WAIT_MS);
      await Promise.race([this.#run.settle(), timer.elapsed]);
      timer.cancel();
      this.#writing.cancel();
    }
    await this.#run.settle();
  }

  #written(object: KubeObject | undefined): void {
    if (object !== undefined) {
      this.#view.put(object);
      this.#reachability.answered();
    }
    this.#changed.set();
  }

  /** Something that is no answer of the cluster: the run cannot go on. */
  #crashed(error: unknown): void {
    this.#crash ??= { error };
    this.#changed.set();
  }

  #throwCrash(): void {
    if (this.#crash !== undefined) throw this.#crash.error;
  }

  #observe(signal: CancelSource): Promise<void>[] {
    const { cluster, clock } = this.#context;
    const targets = watchTargets(this.#nodes.map(({ object }) => object));
    return [...targets, ...this.#outside.targets()].map((target) => {
      const own = this.#nodes
        .map(({ id }) => id)
        .filter(
          ({ kind, group, namespace }) =>
            kind === target.kind && group === target.group && namespace === target.namespace,
        );
      return observe(target, own, cluster, this.#view, this.#reachability, { clock, signal }).catch((error: unknown) =>
        this.#crashed(error),
      );
    });
  }

  /** Goes on until there is a verdict, or until `isOver`. */
  async #loop(isOver: () => boolean): Promise<Ending | undefined> {
    for (;;) {
      this.#throwCrash();
      // One time for the whole look: what comes due during it is due at the next one, not never.
      const now = this.#context.clock.now();
      this.#assessor.assess(this.#run);
      const ending = this.#ending(now) ?? (await this.#outOfTime(now));
      if (ending !== undefined || isOver()) return ending;
      this.#run.launch(this.#assessor.readinessOf);
      this.#stuckPods.release(this.#nodes, this.#run);
      await this.#changed.wait(this.#nextCheckAt(now));
    }
  }

  #ending(now: number): Ending | undefined {
    const { ending } = this.#context;
    if (ending.aborted) return { verdict: 'cancelled', failure: CANCELLED };
    if (this.#run.failure !== undefined) return failedWrite(this.#run.failure);
    const failure = this.#assessor.finalFailure();
    if (failure !== undefined) return { verdict: 'failed', failure };
    if (this.#isSettled(now)) return { verdict: 'succeeded' };
    return this.#unreachable(now);
  }

  /** A verdict that rests on nothing having happened needs a cluster in which things can be seen. */
  async #outOfTime(now: number): Promise<Ending | undefined> {
    const ending = this.#pastDeadline(now);
    const [first] = this.#nodes;
    if (ending === undefined || first === undefined) return ending;
    const { object = first.id } = ending.failure;
    const failure = await unreachableFor(object, this.#context);
    return failure === undefined ? ending : { verdict: 'unknown', failure };
  }

  #isSettled(now: number): boolean {
    if (!this.#run.isDone || !this.#assessor.isAllReady) {
      this.#readySince = undefined;
      return false;
    }
    this.#readySince ??= now;
    return !this.#needsWatch || now - this.#readySince >= this.#context.settings.settleMs;
  }

  #unreachable(now: number): Ending | undefined {
    const { lostSince, failure } = this.#reachability;
    if (lostSince === undefined || failure === undefined) return undefined;
    const isLong = now - lostSince >= this.#context.settings.stallMs || now >= this.#deadline;
    return this.#reachability.isGone || isLong ? { verdict: 'unknown', failure } : undefined;
  }

  #pastDeadline(now: number): Required<Ending> | undefined {
    const { stallMs, deadlineMs } = this.#context.settings;
    if (now >= this.#deadline) {
      return { verdict: 'failed', failure: deadlineFailure('OVERALL_DEADLINE', deadlineMs, this.#assessor) };
    }
    const isStalled = this.#reachability.lostSince === undefined && now - this.#assessor.progressAt >= stallMs;
    if (!isStalled || this.#readySince !== undefined) return undefined;
    return { verdict: 'failed', failure: deadlineFailure('STALL_DEADLINE', stallMs, this.#assessor) };
  }

  get #deadline(): number {
    return this.#context.startedAt + this.#context.settings.deadlineMs;
  }

  /** The next moment at which something may be decided without anything happening. */
  #nextCheckAt(now: number): number {
    const { settleMs, stallMs } = this.#context.settings;
    const times = [
      this.#deadline,
      (this.#reachability.lostSince ?? this.#assessor.progressAt) + stallMs,
      this.#assessor.nextChangeAt(now),
      this.#stuckPods.nextChangeAt(now),
      this.#readySince === undefined ? Infinity : this.#readySince + settleMs,
    ];
    return Math.min(...times.filter((time) => time > now), now + MAX_SLEEP_MS);
  }

  async #conclude({ verdict, failure }: Ending): Promise<RolloutResult> {
    if (verdict === 'succeeded' && this.#needsWatch) await warnOfUnreachable(this.#nodes, this.#view, this.#context);
    const { ledger } = this.#assessor;
    const causes = ledger.causes(this.#context.clock.now());
    const changes = this.#run.changes();
    const states = objectEnds(this.#nodes, this.#run, this.#assessor.readinessOf, causes);
    if (failure === undefined) return { verdict, causes, changes, states };
    const skipped = skippedCauses(this.#nodes, changes, failure, this.#context.clock.now());
    for (const cause of skipped) this.#context.emit({ type: 'cause.raised', cause });
    const reported = await this.#withLog(failure, causes);
    return { verdict, failure: reported, causes: [...causes, ...skipped], changes, states };
  }

  async #withLog(failure: Failure, causes: readonly Cause[]): Promise<Failure> {
    const { code, container, object } = failure;
    const place = object === undefined ? undefined : objectKey(object);
    const cause = causes.find((each) => each.container === container && objectKey(each.object) === place);
    const pod = cause === undefined ? undefined : this.#assessor.ledger.podOf(cause);
    const log = await this.#logs.evidence(code, container, pod);
    return log.length === 0 ? failure : { ...failure, evidence: [...failure.evidence, ...log] };
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
/** How long a write may go unanswered when the run is to end. */
const ANSWER_WAIT_MS = 10_000;

/** A write whose answer never came may have happened. */
function failedWrite(failure: Failure): Ending {
  return { verdict: isUnreachable(failure) ? 'unknown' : 'failed', failure };
}
