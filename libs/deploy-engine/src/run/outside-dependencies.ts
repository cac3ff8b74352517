import type { KubeObject, ListTarget, ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId, objectKey } from '@ushadow/kubernetes';
import type { ClusterView } from '@ushadow/diagnose';
import type { DesiredState, ObjectDependency } from '../desired-state.ts';
import { objectKeys } from './apply-graph.ts';
import { meets } from '../readiness/readiness.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { RunContext } from './run-context.ts';
import { readOptions } from './run-context.ts';

interface Outside {
  readonly dependency: ObjectDependency;
  /** As it was at the start. */
  readonly before: KubeObject;
}

/** What objects wait for that other deployments bring: watched, waited for, and never written. */
export class OutsideDependencies {
  readonly #all: readonly Outside[];

  private constructor(all: readonly Outside[]) {
    this.#all = all;
  }

  /** Reads which of them are there. What is not is reported and not waited for: it may live elsewhere. */
  static async lookUp(desired: DesiredState, context: RunContext): Promise<OutsideDependencies> {
    const own = objectKeys(desired.objects);
    const outside = desired.dependencies.filter(({ on }) => !own.has(objectKey(on)));
    const found = await Promise.all(outside.map((dependency) => find(dependency, context)));
    return new OutsideDependencies(found.filter((each) => each !== undefined));
  }

  get objects(): readonly KubeObject[] {
    return this.#all.map(({ before }) => before);
  }

  targets(): ListTarget[] {
    const ids = new Map(this.#all.map(({ dependency: { on } }) => [objectKey(on), on]));
    return [...ids.values()].map(({ name, ...target }) => ({ ...target, fieldSelector: `metadata.name=${name}` }));
  }

  /** The first thing outside that an object still waits for, and how far that is. */
  unmet(key: string, view: ClusterView): { readonly on: ObjectId; readonly readiness: Readiness } | undefined {
    for (const { dependency } of this.#all) {
      const { object, on, condition } = dependency;
      const live = objectKey(object) === key ? view.get(on) : undefined;
      // Deleted meanwhile, by nobody who brings it back: as if it had never been there.
      if (live === undefined) continue;
      const readiness = readinessOf(live);
      if (!meets(readiness, condition)) return { on, readiness };
    }
    return undefined;
  }
}

async function find(dependency: ObjectDependency, context: RunContext): Promise<Outside | undefined> {
  const { on, object } = dependency;
  const before = await readIfAllowed(on, context);
  if (before !== undefined) return { dependency, before };
  // Whoever is to end has not looked.
  if (context.ending.aborted) return undefined;
  const message = `${formatObjectId(object)} depends on ${formatObjectId(on)}, which is not there: it is not waited for`;
  context.emit({ type: 'warning', code: 'DEPENDENCY_MISSING', message, object });
  return undefined;
}

/** Whoever may not look does not wait. */
async function readIfAllowed(id: ObjectId, context: RunContext): Promise<KubeObject | undefined> {
  try {
    return await context.cluster.get(id, readOptions(context));
  } catch (error) {
    if (error instanceof KubernetesApiError) return undefined;
    throw error;
  }
}
