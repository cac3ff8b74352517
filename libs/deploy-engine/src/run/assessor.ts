import type { KubeObject } from '@ushadow/kubernetes';
import type { ObjectState } from '../deploy-event.ts';
import type { Cause, Failure } from '../failure.ts';
import { CauseLedger } from '../diagnose/cause-ledger.ts';
import { diagnoseObject } from '../diagnose/diagnose-object.ts';
import { indexEvents } from '../diagnose/event-facts.ts';
import type { Finding } from '../diagnose/finding.ts';
import { podsToJudge } from '../diagnose/workload-pods.ts';
import type { GraphNode } from '../graph/apply-graph.ts';
import { podSpecOf } from '../graph/references.ts';
import { textAt } from '../readiness/fields.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import type { Readiness } from '../readiness/readiness.ts';
import { failed, ready } from '../readiness/readiness.ts';
import type { ClusterView } from '../watch/cluster-view.ts';
import { isWatched } from '../watch/watch-targets.ts';
import type { ApplyRun } from './apply-run.ts';
import type { RunContext } from './run-context.ts';

/** Judges all objects of a run, again and again, and tells what changed. */
export class Assessor {
  readonly ledger = new CauseLedger();
  readonly #nodes: readonly GraphNode[];
  readonly #view: ClusterView;
  readonly #context: RunContext;
  readonly #readiness = new Map<string, Readiness>();
  readonly #told = new Map<string, string>();
  readonly #seenProgress = new Set<string>();
  readonly #usedClaims: ReadonlySet<string>;
  progressAt: number;

  constructor(nodes: readonly GraphNode[], view: ClusterView, context: RunContext) {
    this.#nodes = nodes;
    this.#view = view;
    this.#context = context;
    this.progressAt = context.clock.now();
    this.#usedClaims = new Set(nodes.flatMap(({ object }) => claimsOf(object)));
  }

  readonly readinessOf = (key: string): Readiness | undefined => this.#readiness.get(key);

  /** Looks at everything once. */
  assess(run: ApplyRun): void {
    const now = this.#context.clock.now();
    const events = indexEvents(this.#view);
    const found: { object: GraphNode['id']; finding: Finding }[] = [];
    for (const node of this.#nodes) {
      const readiness = this.#judge(node, run);
      this.#readiness.set(node.key, readiness);
      this.#tell(node, readiness);
      const live = this.#view.get(node.id);
      if (live === undefined || !run.isWritten(node.key) || !isWatched(node.object)) continue;
      this.#notice(`${node.key} ${readiness.state} ${readiness.message} ${podSignature(live, this.#view)}`, now);
      if (readiness.state === 'ready') continue;
      const writtenAt = run.writtenAt(node.key);
      for (const finding of diagnoseObject(live, this.#view, events, writtenAt))
        found.push({ object: node.id, finding });
    }
    const { raised, cleared } = this.ledger.update(found, now);
    for (const cause of raised) this.#context.emit({ type: 'cause.raised', cause });
    for (const { id, code, object } of cleared) this.#context.emit({ type: 'cause.cleared', id, code, object });
  }

  get isAllReady(): boolean {
    return this.#nodes.every(({ key }) => this.#readiness.get(key)?.state === 'ready');
  }

  /** What ends the deployment now: the final trouble nearest to the start of the graph. */
  finalFailure(): Failure | undefined {
    const causes = this.ledger.causes(this.#context.clock.now());
    for (const { id, key } of [...this.#nodes].sort((a, b) => a.depth - b.depth)) {
      const cause = causes.find(({ object, severity }) => severity !== 'warning' && sameObject(object, id));
      if (cause?.severity === 'final') return failureOf(cause);
      const readiness = this.#readiness.get(key);
      if (readiness?.state === 'failed') return failedStatus(id, readiness, cause);
    }
    return undefined;
  }

  /** The most likely reason why something is not ready yet. */
  pendingFailure(): Failure | undefined {
    const cause = this.ledger.causes(this.#context.clock.now()).find(({ severity }) => severity === 'pending');
    return cause === undefined ? undefined : failureOf(cause);
  }

  unready(): { readonly node: GraphNode; readonly readiness: Readiness }[] {
    return this.#nodes.flatMap((node) => {
      const readiness = this.#readiness.get(node.key);
      return readiness === undefined || readiness.state === 'ready' ? [] : [{ node, readiness }];
    });
  }

  #judge(node: GraphNode, run: ApplyRun): Readiness {
    if (!run.isWritten(node.key)) return { state: 'pending', message: 'waiting to be applied' };
    if (!isWatched(node.object)) return ready('the object exists');
    const live = this.#view.get(node.id);
    if (live === undefined) {
      // Finished jobs may be removed by their own time limit.
      if (this.#readiness.get(node.key)?.complete === true) return this.#readiness.get(node.key) ?? ready('done');
      return failed('OBJECT_DELETED', 'somebody has deleted the object');
    }
    const isUnusedClaim =
      live.kind === 'PersistentVolumeClaim' && !this.#usedClaims.has(`${node.id.namespace}/${node.id.name}`);
    const readiness = readinessOf(live);
    // A claim may wait for its first consumer, which this deployment does not bring.
    return isUnusedClaim && readiness.state === 'progressing' ? ready('no pod uses the claim yet') : readiness;
  }

  #tell(node: GraphNode, { state, message }: { state: ObjectState; message: string }): void {
    const text = `${state} ${message}`;
    if (this.#told.get(node.key) === text || state === 'pending') return;
    this.#told.set(node.key, text);
    if (isWatched(node.object)) this.#context.emit({ type: 'object.status', object: node.id, state, message });
  }

  /** Only what was never seen before is progress: a crash loop goes round, it does not go on. */
  #notice(signature: string, now: number): void {
    if (this.#seenProgress.has(signature)) return;
    this.#seenProgress.add(signature);
    this.progressAt = now;
  }
}

function failureOf(cause: Cause): Failure {
  const { id: _id, severity: _severity, firstSeen: _first, lastSeen: _last, sightings: _sightings, ...failure } = cause;
  return failure;
}

/** What the object says of its own failure, with what was seen of its pods. */
function failedStatus(object: GraphNode['id'], { code = 'API_ERROR', message }: Readiness, cause?: Cause): Failure {
  const own: Failure = { code, message, object, evidence: [{ kind: 'field', path: 'status', value: message }] };
  if (cause === undefined) return own;
  const { container, remedy, evidence } = failureOf(cause);
  return {
    ...own,
    message: `${message}: ${cause.message}`,
    ...(container === undefined ? {} : { container }),
    ...(remedy === undefined ? {} : { remedy }),
    evidence: [...own.evidence, ...evidence],
  };
}

function sameObject(a: GraphNode['id'], b: GraphNode['id']): boolean {
  return a.kind === b.kind && a.group === b.group && a.namespace === b.namespace && a.name === b.name;
}

function podSignature(workload: KubeObject, view: ClusterView): string {
  return podsToJudge(workload, view)
    .map((pod) => `${pod.metadata.name}:${textAt(pod, ['status', 'phase'])}`)
    .sort()
    .join(',');
}

function claimsOf(object: KubeObject): string[] {
  const spec = podSpecOf(object);
  if (spec === undefined) return [];
  const names = [...JSON.stringify(spec).matchAll(/"claimName":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return names.map((name) => `${object.metadata.namespace}/${name}`);
}
