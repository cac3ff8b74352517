import type { KubeObject, ListTarget, ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId, objectKey } from '@ushadow/kubernetes';
import type { DesiredState, ObjectDependency } from '../desired-state.ts';
import { objectKeys } from '../graph/apply-graph.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { ClusterView } from '../watch/cluster-view.ts';
import type { RunContext } from './run-context.ts';
import { callOptions } from './run-context.ts';

interface Outside {
  readonly dependency: ObjectDependency;
  readonly live: KubeObject;
}

/** What objects wait for that other deployments have brought: watched, waited for, and never written. */
export class OutsideDependencies {
  readonly #present: readonly Outside[];

  private constructor(present: readonly Outside[]) {
    this.#present = present;
  }

  /** Looks which of them are there. What is not is told, and not waited for: it may live elsewhere. */
  static async lookUp(desired: DesiredState, context: RunContext): Promise<OutsideDependencies> {
    const own = objectKeys(desired.objects);
    const outside = desired.dependencies.filter(({ on }) => !own.has(objectKey(on)));
    const found = await Promise.all(outside.map((dependency) => find(dependency, context)));
    return new OutsideDependencies(found.filter((each) => each !== undefined));
  }

  get objects(): readonly KubeObject[] {
    return this.#present.map(({ live }) => live);
  }

  targets(): ListTarget[] {
    const ids = new Map(this.#present.map(({ dependency: { on } }) => [objectKey(on), on]));
    return [...ids.values()].map(({ name, ...target }) => ({ ...target, fieldSelector: `metadata.name=${name}` }));
  }

  /** The first thing outside that an object still waits for, and how far that is. */
  unmet(key: string, view: ClusterView): { readonly on: ObjectId; readonly readiness: Readiness } | undefined {
    for (const { dependency } of this.#present) {
      const { object, on, condition } = dependency;
      if (objectKey(object) !== key) continue;
      const live = view.get(on);
      // Deleted meanwhile: as if it had never been there.
      if (live === undefined) continue;
      const readiness = readinessOf(live);
      if (!isMet(condition, readiness)) return { on, readiness };
    }
    return undefined;
  }
}

function isMet(condition: ObjectDependency['condition'], { state, started, complete }: Readiness): boolean {
  if (condition === 'applied') return true;
  if (condition === 'started') return started === true || state === 'ready';
  return condition === 'ready' ? state === 'ready' : complete === true;
}

async function find(dependency: ObjectDependency, context: RunContext): Promise<Outside | undefined> {
  const { on, object } = dependency;
  try {
    const live = await context.cluster.get(on, callOptions(context));
    if (live !== undefined) return { dependency, live };
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
  }
  const message = `${formatObjectId(object)} depends on ${formatObjectId(on)}, which is not there: it is not waited for`;
  context.emit({ type: 'warning', code: 'DEPENDENCY_MISSING', message, object });
  return undefined;
}
