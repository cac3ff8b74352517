import { formatObjectId, objectKey } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { Plan, PlanEntry } from './plan.ts';

/**
 * Entries that are no longer what was approved.
 *
 * @param isResumed what an earlier worker has already written is unchanged now, and counts as approved
 */
export function staleEntries(approved: Plan, current: Plan, isResumed: boolean): PlanEntry[] {
  if (approved.hash === current.hash) return [];
  const byKey = new Map(approved.entries.map((entry) => [objectKey(entry.object), entry]));
  return current.entries.filter((entry) => {
    const before = byKey.get(objectKey(entry.object));
    if (before === undefined || before.desiredDigest !== entry.desiredDigest) return true;
    if (isResumed && entry.action === 'unchanged') return false;
    if (before.adopts !== entry.adopts && entry.adopts === true) return true;
    return before.action !== entry.action || before.uid !== entry.uid || before.changeDigest !== entry.changeDigest;
  });
}

export function staleFailure(entries: readonly PlanEntry[]): Failure {
  const [first] = entries;
  const names = entries.map(({ object }) => formatObjectId(object)).join(', ');
  return {
    code: 'PLAN_STALE',
    message: `the cluster has changed since the plan was approved: ${names}`,
    ...(first === undefined ? {} : { object: first.object }),
    remedy: 'look at the new plan and approve it',
    evidence: entries.flatMap(({ object, action, changes }) => [
      { kind: 'field' as const, path: formatObjectId(object), value: action },
      ...changes.map(({ path, change }) => ({ kind: 'field' as const, path, value: change })),
    ]),
  };
}
