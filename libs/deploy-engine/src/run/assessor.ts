import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectKey, podSpecPath, textAt } from '@ushadow/kubernetes';
import type { Cause, ClusterView, Failure, Finding, LogSource } from '@ushadow/diagnose';
import { CauseLedger, diagnoseObject, podsToJudge } from '@ushadow/diagnose';
import type { GraphNode } from './apply-graph.ts';
import type { Readiness } from '../readiness/readiness.ts';
import { isWatched } from '../watch/watch-targets.ts';
import type { ApplyRun } from './apply-run.ts';
import { failedStatus, failureOf } from './cause-failure.ts';
import { Judge } from './judge.ts';
import type { OutsideDependencies } from './outside-dependencies.ts';
import type { RunContext } from './run-context.ts';

interface Found {
  readonly object: ObjectId;
  readonly finding: Finding;
}

interface Logs extends LogSource {
  /** Grows with each log that has come. */
  readonly count: number;
  follow(cause: Cause, pod: KubeObject | undefined): void;
}

/** Judges all objects of a run, again and again, and reports what changed. */
export class Assessor {
  readonly ledger = new CauseLedger();
  readonly #nodes: readonly GraphNode[];
  readonly #byDepth: readonly GraphNode[];
  readonly #byKey: ReadonlyMap<string, GraphNode>;
  readonly #view: ClusterView;
  readonly #context: RunContext;
  readonly #logs: Logs;
  readonly #judge: Judge;
  readonly #readiness = new Map<string, Readiness>();
  readonly #findings = new Map<string, readonly Found[]>();
  /** What a node's judgement was made of. */
  readonly #seen = new Map<string, string>();
  readonly #reported = new Map<string, string>();
  readonly #seenProgress = new Set<string>();
  progressAt: number;
  #dueAt = 0;

  constructor(
    nodes: readonly GraphNode[],
    view: ClusterView,
    context: RunContext,
    logs: Logs,
    outside: OutsideDependencies,
  ) {
    this.#nodes = nodes;
    this.#byDepth = [...nodes].sort((a, b) => a.depth - b.depth);
    this.#byKey = new Map(nodes.map((node) => [node.key, node]));
    this.#view = view;
    this.#context = context;
    this.#logs = logs;
    this.#judge = new Judge(nodes, view, outside, context.settings);
    this.progressAt = context.clock.now();
  }

  readonly readinessOf = (key: string): Readiness | undefined => this.#readiness.get(key);

  /** Looks at everything that may have changed since it was looked at last. */
  assess(run: ApplyRun): void {
    const now = this.#context.clock.now();
    const isDue = now >= this.#dueAt;
    for (const node of this.#nodes) this.#assessNode(node, run, now, isDue);
    const { raised, cleared } = this.ledger.update([...this.#findings.values()].flat(), now);
    for (const cause of raised) {
      this.#context.emit({ type: 'cause.raised', cause });
      this.#logs.follow(cause, this.ledger.podOf(cause));
    }
    for (const { id, code, object } of cleared) this.#context.emit({ type: 'cause.cleared', id, code, object });
    this.#dueAt = this.nextChangeAt(now);
  }

  get isAllReady(): boolean {
    return this.#nodes.every(({ key }) => this.#readiness.get(key)?.state === 'ready');
  }

  /** When something may be decided by time alone. */
  nextChangeAt(now: number): number {
    return Math.min(this.ledger.nextChangeAt(now), this.#judge.nextChangeAt(now));
  }

  /** What ends the deployment now: the final trouble nearest to the start of the graph. */
  finalFailure(): Failure | undefined {
    const causes = this.ledger.causes(this.#context.clock.now());
    for (const { id, key } of this.#byDepth) {
      const cause = causes.find(({ object, severity }) => severity !== 'warning' && objectKey(object) === key);
      if (cause?.severity === 'final') return failureOf(cause);
      const readiness = this.#readiness.get(key);
      if (readiness?.state === 'failed') return failedStatus(id, readiness, cause);
    }
    return undefined;
  }

  /** The most likely reason why something is not ready yet, nearest to the start of the graph. */
  pendingFailure(): Failure | undefined {
    const causes = this.ledger.causes(this.#context.clock.now()).filter(({ severity }) => severity === 'pending');
    for (const { key } of this.#byDepth) {
      const cause = causes.find(({ object }) => objectKey(object) === key);
      if (cause !== undefined) return failureOf(cause);
    }
    return undefined;
  }

  unready(): { readonly node: GraphNode; readonly readiness: Readiness }[] {
    return this.#nodes.flatMap((node) => {
      const readiness = this.#readiness.get(node.key);
      return readiness === undefined || readiness.state === 'ready' ? [] : [{ node, readiness }];
    });
  }

  #assessNode(node: GraphNode, run: ApplyRun, now: number, isDue: boolean): void {
    const live = this.#view.get(node.id);
    const before = this.#readiness.get(node.key);
    const isWritten = run.isWritten(node.key);
    const seen = this.#signature(node, live, run);
    if (before !== undefined && isWritten && !isDue && this.#seen.get(node.key) === seen) return;
    if (isWritten) this.#seen.set(node.key, seen);
    const readiness = this.#judge.judge(node, run, before, now);
    this.#readiness.set(node.key, readiness);
    this.#reportStatus(node, readiness);
    if (readiness.waitsFor !== undefined) this.#noteProgress(`${node.key} ${readiness.message}`, now);
    this.#findings.delete(node.key);
    if (live === undefined || !isWritten || !isWatched(node.object)) return;
    this.#noteProgress(`${node.key} ${readiness.state} ${readiness.message} ${podSignature(live, this.#view)}`, now);
    // What is ready has no trouble left; only a warning may remain.
    const found = this.#diagnose(node, live, run).filter(
      ({ finality }) => readiness.state !== 'ready' || finality.kind === 'soft',
    );
    if (found.length === 0) return;
    this.#findings.set(
      node.key,
      found.map((finding) => ({ object: node.id, finding })),
    );
  }

  /** What others have written, and what logs say, matters only where something is wrong. */
  #signature(node: GraphNode, live: KubeObject | undefined, run: ApplyRun): string {
    const uid = live?.metadata.uid ?? '';
    const around = this.#findings.has(node.key) ? `${run.writtenCount} ${this.#logs.count}` : '';
    return `${uid} ${this.#view.changesOf(uid)} ${around}`;
  }

  #diagnose(node: GraphNode, live: KubeObject, run: ApplyRun): Finding[] {
    const { namespace = '' } = node.id;
    return diagnoseObject(live, {
      view: this.#view,
      logs: this.#logs,
      writtenAt: run.writtenAt(node.key),
      podSpecPath: podSpecPath(node.id.kind),
      brought: (kind, name) => {
        const key = objectKey({ group: '', version: 'v1', kind, namespace, name });
        return run.isWritten(key) ? this.#byKey.get(key)?.object : undefined;
      },
    });
  }

  #reportStatus(node: GraphNode, { state, message, waitsFor }: Readiness): void {
    const text = `${state} ${message}`;
    if (this.#reported.get(node.key) === text || (state === 'pending' && waitsFor === undefined)) return;
    this.#reported.set(node.key, text);
    if (isWatched(node.object)) this.#context.emit({ type: 'object.status', object: node.id, state, message });
  }

  /** Only what was never seen before is progress: a crash loop goes round, it does not go on. */
  #noteProgress(signature: string, now: number): void {
    if (this.#seenProgress.has(signature)) return;
    this.#seenProgress.add(signature);
    this.progressAt = now;
  }
}

function podSignature(workload: KubeObject, view: ClusterView): string {
  return podsToJudge(workload, view)
    .map((pod) => `${pod.metadata.name}:${textAt(pod, ['status', 'phase'])}`)
    .sort()
    .join(',');
}
