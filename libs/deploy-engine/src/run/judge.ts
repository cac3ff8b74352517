import type { KubeObject } from '@ushadow/kubernetes';
import { formatObjectId, podSpecOf, valueAt } from '@ushadow/kubernetes';
import { podsToJudge } from '@ushadow/diagnose';
import type { ClusterView } from '@ushadow/diagnose';
import type { GraphNode } from './apply-graph.ts';
import type { Settings } from '../deploy-options.ts';
import { isCompleted } from '../plan/plan-completed.ts';
import { hasStarted } from '../readiness/has-started.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import type { Readiness } from '../readiness/readiness.ts';
import { failed, ready } from '../readiness/readiness.ts';
import { isWatched, isWorkload } from '../watch/watch-targets.ts';
import type { ApplyRun } from './apply-run.ts';
import type { OutsideDependencies } from './outside-dependencies.ts';

/** How far each object of a run is, with what only the run knows: what is written, what is used, how long it was waited for. */
export class Judge {
  readonly #view: ClusterView;
  readonly #outside: OutsideDependencies;
  readonly #usedClaims: ReadonlySet<string>;
  readonly #settings: Pick<Settings, 'completed'>;
  readonly #readyAt = new Map<string, number>();

  constructor(
    nodes: readonly GraphNode[],
    view: ClusterView,
    outside: OutsideDependencies,
    settings: Pick<Settings, 'completed'>,
  ) {
    this.#settings = settings;
    this.#view = view;
    this.#outside = outside;
    this.#usedClaims = new Set(nodes.flatMap(({ object }) => claimsOf(object)));
  }

  judge(node: GraphNode, run: ApplyRun, before: Readiness | undefined, now: number): Readiness {
    if (!run.isWritten(node.key)) return this.#whyWaiting(node.key);
    if (isCompleted(node.id, this.#settings)) return COMPLETED;
    if (!isWatched(node.object)) return ready('the object exists');
    const live = this.#view.get(node.id);
    if (live === undefined) {
      // Finished jobs may be removed by their own time limit.
      if (before?.complete === true) return before;
      return failed('OBJECT_DELETED', 'somebody has deleted the object');
    }
    const readiness = this.#withStart(live, readinessOf(live));
    if (readiness.state !== 'progressing') return readiness;
    // A claim may wait for its first consumer, which this deployment does not bring.
    if (live.kind === 'PersistentVolumeClaim' && !this.#usedClaims.has(`${node.id.namespace}/${node.id.name}`))
      return ready('no pod uses the claim yet');
    return this.#withTimeLimit(node, run, readiness, now);
  }

  /** When something that may never come counts as ready. */
  nextChangeAt(now: number): number {
    return Math.min(Infinity, ...[...this.#readyAt.values()].filter((time) => time > now));
  }

  #whyWaiting(key: string): Readiness {
    const unmet = this.#outside.unmet(key, this.#view);
    if (unmet === undefined) return { state: 'pending', message: 'waiting to be applied' };
    const { on, readiness } = unmet;
    const message = `waits for ${formatObjectId(on)}: ${readiness.message}`;
    if (readiness.state !== 'failed') return { state: 'pending', message, waitsFor: on };
    return { ...failed('DEPENDENCY_FAILED', message), waitsFor: on };
  }

  /** A workload has started once all containers of one of its new pods have run, ready or not. */
  #withStart(live: KubeObject, readiness: Readiness): Readiness {
    if (readiness.started === true || !isWorkload(live.kind)) return readiness;
    return { ...readiness, started: podsToJudge(live, this.#view).some(hasStarted) };
  }

  /** What may never come is waited for a while only, and not at all where nothing was changed. */
  #withTimeLimit({ key }: GraphNode, run: ApplyRun, readiness: Readiness, now: number): Readiness {
    const { readyAfterMs } = readiness;
    if (readyAfterMs === undefined) return readiness;
    const until = this.#readyAt.get(key) ?? (run.isUnchanged(key) ? now : now + readyAfterMs);
    this.#readyAt.set(key, until);
    return now < until ? readiness : ready(readiness.message);
  }
}

const COMPLETED: Readiness = {
  state: 'ready',
  message: 'the job counts as run to completion',
  started: true,
  complete: true,
};

/** Claims that pods of this object will use, so that they are bound. */
function claimsOf(object: KubeObject): string[] {
  const spec = podSpecOf(object);
  if (spec === undefined || object.kind === 'CronJob' || valueAt(object, ['spec', 'replicas']) === 0) return [];
  const names = [...JSON.stringify(spec).matchAll(/"claimName":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return names.map((name) => `${object.metadata.namespace}/${name}`);
}
