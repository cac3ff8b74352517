import { formatObjectId } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { immutableFailure } from '../api-failure.ts';
import { claimsLostWith } from '../ownership/template-claims.ts';
import type { PlannedDeletion } from './plan-deletions.ts';
import type { PlanEntry } from './plan.ts';
import type { PlannedObject } from '../apply/plan-object.ts';
import { contention } from './contention.ts';

/**
 * What is no longer wanted goes after success, so that nothing is away meanwhile. Where it keeps something wanted from
 * running, as a Deployment does that has become a StatefulSet with the same claim, it goes first.
 */
export function orderDeletions(
  deletions: readonly PlannedDeletion[],
  planned: readonly PlannedObject[],
): {
  readonly entries: readonly PlanEntry[];
  readonly problems: readonly Failure[];
  readonly kept: readonly Failure[];
} {
  const written = planned.filter(({ entry }) => entry.action !== 'unchanged');
  const claims = planned.map(({ body, live }) => live ?? body).filter(({ kind }) => kind === 'PersistentVolumeClaim');
  const found = deletions.map(({ entry, live, refusal }) => {
    const contended = written.flatMap(({ entry: { object }, body, live: there }) => {
      const reason = contention(live, body, there, claims);
      return reason === undefined ? [] : [{ object, reason }];
    });
    const warnings = contended.map(
      ({ object, reason }) => `it goes before ${formatObjectId(object)} is written: ${reason}`,
    );
    if (contended.length === 0) return refusal === undefined ? { entry } : { kept: refusal };
    const goesBefore = contended.map(({ object }) => object);
    const lost = claimsLostWith(live);
    return {
      entry: { ...entry, goesBefore, warnings: [...entry.warnings, ...warnings] },
      problem: lost === undefined ? undefined : { ...immutableFailure(entry.object, lost.message), ...lost },
    };
  });
  return {
    entries: found.flatMap(({ entry }) => entry ?? []),
    problems: found.flatMap(({ problem }) => problem ?? []),
    kept: found.flatMap(({ kept }) => kept ?? []),
  };
}
