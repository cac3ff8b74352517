import type { RevisionDiffData } from '@ushadow/contracts';
import type { FieldChange, FieldConflict, ObjectDifference, Plan, PlanEntry } from '@ushadow/deploy-engine';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import { pageOf, shortened } from '../plans/paged-objects.ts';
import type { GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';

/** Of one object; who wants more of it looks at its manifests. */
const CHANGES_MAX = 200;

type Change = RevisionDiffData['objects'][number]['change'];

export interface Difference extends Omit<ObjectDifference, 'change'> {
  readonly change: Change;
  readonly conflicts: readonly FieldConflict[];
  readonly problem: string | null;
}

export interface Differences {
  readonly differences: readonly Difference[];
  /** How many objects are the same. */
  readonly unchanged: number;
}

interface Sides {
  /** Undefined: what runs. */
  readonly before: GoodRevision | undefined;
  readonly after: GoodRevision | undefined;
}

/** The differences as they are answered. */
export function toDiff(stack: Stack, sides: Sides, found: Differences, from: number): RevisionDiffData {
  const { before, after } = sides;
  const users = new Map(
    [before, after].flatMap((side) =>
      (side?.content.objects ?? []).map(({ object, services }) => [objectKey(objectId(object)), services] as const),
    ),
  );
  const { page, next } = pageOf(found.differences, from, (each) => ({
    object: formatObjectId(each.object),
    change: each.change,
    services: [...(users.get(objectKey(each.object)) ?? [])],
    changes: each.changes.slice(0, CHANGES_MAX).map(shortened),
    more_changes: Math.max(0, each.changes.length - CHANGES_MAX),
    conflicts: [...each.conflicts],
    problem: each.problem,
  }));
  return {
    stack_id: stack.id,
    project: stack.project,
    namespace: stack.namespace,
    from: toSide(before),
    to: toSide(after),
    counts: countsOf(found),
    objects: page,
    next_cursor: next === undefined ? null : String(next),
  };
}

function toSide(side: GoodRevision | undefined): RevisionDiffData['from'] {
  const { revision = null, tags = [], afterDigest = null } = side?.deployment ?? {};
  return { revision, tags: [...tags], content_digest: afterDigest };
}

function countsOf({ differences, unchanged }: Differences): RevisionDiffData['counts'] {
  const counts = { added: 0, removed: 0, changed: 0, unknown: 0, unchanged };
  for (const { change } of differences) counts[change] += 1;
  return counts;
}

/**
 * The plan of going to a revision, read as a diff with what runs.
 *
 * @param side on which the revision stands
 */
export function ofPlan({ entries, problems }: Plan, side: 'from' | 'to'): Differences {
  const problemOf = new Map(
    problems.flatMap(({ object, message }) => (object === undefined ? [] : [[objectKey(object), message]])),
  );
  const differences = entries
    .filter(({ action }) => action !== 'unchanged')
    .map((entry): Difference => {
      const problem = problemOf.get(objectKey(entry.object)) ?? entry.unverifiedReason ?? null;
      const change = changeOf(entry, problem);
      return {
        object: entry.object,
        change: side === 'to' ? change : (REVERSED[change] ?? change),
        changes: side === 'to' ? entry.changes : entry.changes.map(reversed),
        conflicts: entry.conflicts ?? entry.takesOver ?? [],
        problem,
      };
    });
  return { differences, unchanged: entries.length - differences.length };
}

function changeOf({ action, changes, conflicts = [] }: PlanEntry, problem: string | null): Change {
  if (action === 'create') return 'added';
  if (action === 'delete') return 'removed';
  if (action === 'recreate' || changes.length > 0 || conflicts.length > 0) return 'changed';
  // What the server would not answer to is there; whether it differs is not known.
  return problem === null ? 'changed' : 'unknown';
}

const REVERSED: Readonly<Partial<Record<Change | FieldChange['change'], 'added' | 'removed'>>> = {
  added: 'removed',
  removed: 'added',
};

function reversed({ path, change, before, after }: FieldChange): FieldChange {
  return {
    path,
    change: REVERSED[change] ?? change,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
