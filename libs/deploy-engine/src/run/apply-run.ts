import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectKey, textAt } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import type { ObjectChange, ObjectOutcome } from '../deploy-result.ts';
import type { Edge, GraphNode } from './apply-graph.ts';
import type { PlanReading } from '../plan/make-plan.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { meets } from '../readiness/readiness.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { RunContext } from './run-context.ts';
import { PriorRemovals } from '../apply/remove-first.ts';
import { emitApplied, writeObject } from '../apply/write-object.ts';

interface NodeState {
  readonly phase: 'waiting' | 'writing' | 'written' | 'failed';
  readonly outcome?: ObjectOutcome;
  readonly uid?: string;
  readonly failure?: Failure;
  /** Milliseconds since the epoch, on the cluster's clock. */
  readonly writtenAt?: number;
}

/** Writes the objects of a graph, each as soon as its own edges allow. */
export class ApplyRun {
  readonly #nodes: readonly GraphNode[];
  readonly #entries: ReadonlyMap<string, PlanEntry>;
  readonly #context: RunContext;
  readonly #onWritten: (object: KubeObject | undefined) => void;
  readonly #onCrash: (error: unknown) => void;
  readonly #bodies: ReadonlyMap<string, KubeObject>;
  readonly #removals: PriorRemovals;
  readonly #states = new Map<string, NodeState>();
  readonly #writing = new Set<Promise<void>>();
  failure: Failure | undefined;

  constructor(
    nodes: readonly GraphNode[],
    { plan: { entries }, bodies }: Pick<PlanReading, 'plan' | 'bodies'>,
    context: RunContext,
    callbacks: { onWritten: (object: KubeObject | undefined) => void; onCrash: (error: unknown) => void },
  ) {
    this.#nodes = nodes;
    this.#entries = new Map(entries.map((entry) => [objectKey(entry.object), entry]));
    this.#bodies = bodies;
    this.#removals = new PriorRemovals(entries, context);
    this.#context = context;
    this.#onWritten = callbacks.onWritten;
    this.#onCrash = callbacks.onCrash;
    for (const { key } of nodes) {
      const entry = this.#entries.get(key);
      const isKept = entry?.action === 'unchanged';
      this.#states.set(key, isKept ? kept(entry) : { phase: 'waiting' });
    }
  }

  /** Starts every write whose edges are met. */
  launch(readiness: (key: string) => Readiness | undefined): void {
    for (const node of this.#nodes) {
      if (this.#states.get(node.key)?.phase !== 'waiting') continue;
      if (readiness(node.key)?.waitsFor !== undefined) continue;
      if (!node.edges.every((edge) => this.#isOnItsWay(node, edge) || this.#isMet(edge, readiness))) continue;
      this.#states.set(node.key, { phase: 'writing' });
      const task = this.#write(node).finally(() => this.#writing.delete(task));
      this.#writing.add(task);
    }
  }

  isWritten(key: string): boolean {
    return this.#states.get(key)?.phase === 'written';
  }

  /** Why it could not be written; undefined where it was, or was not tried. */
  failureOf(key: string): Failure | undefined {
    return this.#states.get(key)?.failure;
  }

  get writtenCount(): number {
    return this.#nodes.filter(({ key }) => this.isWritten(key)).length;
  }

  /** The plan found it as it should be. */
  isUnchanged(key: string): boolean {
    return this.#entries.get(key)?.action === 'unchanged';
  }

  /** When this run wrote it, on the cluster's clock; 0 where it did not. */
  writtenAt(key: string): number {
    return this.#states.get(key)?.writtenAt ?? 0;
  }

  get isDone(): boolean {
    return this.#nodes.every(({ key }) => this.isWritten(key));
  }

  /** Resolves when no write is under way any more. */
  async settle(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }

  changes(): ObjectChange[] {
    const written = this.#nodes.map(({ key, id }): ObjectChange => {
      const { outcome = 'skipped', uid } = this.#states.get(key) ?? {};
      return uid === undefined ? { object: id, outcome } : { object: id, outcome, uid };
    });
    return [...written, ...this.#removals.deleted];
  }

  /**
   * A new workload and the new configuration it names go out together, the configuration first: long before a pod looks
   * for it, it is there. What is only changed is awaited, or a pod could start with what it was before.
   */
  #isOnItsWay({ key }: GraphNode, { on, isLate }: Edge): boolean {
    if (isLate !== true || this.#entries.get(key)?.action !== 'create') return false;
    return this.#entries.get(on)?.action === 'create' && this.#states.get(on)?.phase === 'writing';
  }

  #isMet({ on, condition }: Edge, readiness: (key: string) => Readiness | undefined): boolean {
    if (!this.isWritten(on)) return false;
    const known = readiness(on);
    return known === undefined ? condition === 'applied' : meets(known, condition);
  }

  async #write(node: GraphNode): Promise<void> {
    const entry = this.#entries.get(node.key);
    if (entry === undefined) return;
    try {
      await this.#removals.before(node.key);
      const body = this.#bodies.get(node.key) ?? node.object;
      const written = await writeObject(body, entry, this.#context);
      const { object, outcome } = written;
      const { uid } = object.metadata;
      const ids = { ...(uid === undefined ? {} : { uid }) };
      this.#states.set(node.key, { phase: 'written', outcome, ...ids, writtenAt: writeTime(object) });
      emitApplied(written, this.#context);
      this.#onWritten(object);
    } catch (error) {
      this.#fail(node, error);
    }
  }

  #fail(node: GraphNode, error: unknown): void {
    const failure = error instanceof KubernetesApiError ? failureOfApiError(error, node.id) : undefined;
    this.#states.set(node.key, { phase: 'failed', outcome: 'failed', ...(failure === undefined ? {} : { failure }) });
    if (failure === undefined) this.#onCrash(error);
    else if (!this.#context.ending.aborted) this.failure ??= failure;
    this.#onWritten(undefined);
  }
}

function kept(entry: PlanEntry): NodeState {
  const uid = entry.uid === undefined ? {} : { uid: entry.uid };
  return { phase: 'written', outcome: 'unchanged', ...uid };
}

/** The server notes in the managed fields when each manager last wrote. */
function writeTime({ metadata }: KubeObject): number {
  const entries = metadata['managedFields'];
  const times = Array.isArray(entries) ? entries.map((entry) => Date.parse(textAt(entry, ['time']))) : [];
  return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}
