import type { KubeObject, ListTarget, ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId, objectKey } from '@ushadow/kubernetes';
import type { DesiredState, ObjectDependency } from '../desired-state.ts';
import { objectKeys } from '../graph/apply-graph.ts';
import { meets } from '../readiness/meets.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { ClusterView } from '../watch/cluster-view.ts';
import type { RunContext } from './run-context.ts';
import { readOptions } from './run-context.ts';

interface Outside {
  readonly dependency: ObjectDependency;
  /** As it was at the start. */
  readonly before: KubeObject | undefined;
  /** Another deployment is about to write it: what it is now says nothing of what it will be. */
  readonly isExpected: boolean;
}

/** What objects wait for that other deployments bring: watched, waited for, and never written. */
export class OutsideDependencies {
  readonly #all: readonly Outside[];

  private constructor(all: readonly Outside[]) {
    this.#all = all;
  }

  /** Looks which of them are there. What is not, and is not expected, is told and not waited for: it may live elsewhere. */
  static async lookUp(desired: DesiredState, context: RunContext): Promise<OutsideDependencies> {
    const own = objectKeys(desired.objects);
    const outside = desired.dependencies.filter(({ on }) => !own.has(objectKey(on)));
    const expected = new Set((context.settings.expected ?? []).map(objectKey));
    const found = await Promise.all(
      outside.map((dependency) => find(dependency, expected.has(objectKey(dependency.on)), context)),
    );
    return new OutsideDependencies(found.filter((each) => each !== undefined));
  }

  get objects(): readonly KubeObject[] {
    return this.#all.flatMap(({ before }) => before ?? []);
  }

  targets(): ListTarget[] {
    const ids = new Map(this.#all.map(({ dependency: { on } }) => [objectKey(on), on]));
    return [...ids.values()].map(({ name, ...target }) => ({ ...target, fieldSelector: `metadata.name=${name}` }));
  }

  /** The first thing outside that an object still waits for, and how far that is. */
  unmet(key: string, view: ClusterView): { readonly on: ObjectId; readonly readiness: Readiness } | undefined {
    for (const outside of this.#all) {
      const { object, on, condition } = outside.dependency;
      const readiness = objectKey(object) === key ? progressOf(outside, view.get(on)) : undefined;
      if (readiness !== undefined && !meets(readiness, condition)) return { on, readiness };
    }
    return undefined;
  }
}

/** Undefined: nothing to wait for. */
function progressOf({ before, isExpected }: Outside, live: KubeObject | undefined): Readiness | undefined {
  // Deleted meanwhile, by nobody who brings it back: as if it had never been there.
  if (live === undefined) return isExpected ? { state: 'pending', message: 'it is not there yet' } : undefined;
  const readiness = readinessOf(live);
  const isOld = live.metadata.uid === before?.metadata.uid && live.metadata.generation === before?.metadata.generation;
  // An old failure is no reason to give up while it is being put right.
  return isExpected && isOld && readiness.state === 'failed' ? { ...readiness, state: 'progressing' } : readiness;
}

async function find(
  dependency: ObjectDependency,
  isExpected: boolean,
  context: RunContext,
): Promise<Outside | undefined> {
  const { on, object } = dependency;
  const before = await lookFor(on, context);
  if (before !== undefined || isExpected) return { dependency, before, isExpected };
  // Whoever is to end has not looked.
  if (context.ending.aborted) return undefined;
  const message = `${formatObjectId(object)} depends on ${formatObjectId(on)}, which is not there: it is not waited for`;
  context.emit({ type: 'warning', code: 'DEPENDENCY_MISSING', message, object });
  return undefined;
}

/** Whoever may not look does not wait. */
async function lookFor(id: ObjectId, context: RunContext): Promise<KubeObject | undefined> {
  try {
    return await context.cluster.get(id, readOptions(context));
  } catch (error) {
    if (error instanceof KubernetesApiError) return undefined;
    throw error;
  }
}
