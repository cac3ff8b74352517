import type { RevisionData } from '@ushadow/contracts';
import { isUnderWay } from '../../_status/is-under-way.ts';

/** The revisions one may go back to, newest first; none while a deployment of the service is under way. */
export function restorable(revisions: readonly RevisionData[]): readonly RevisionData[] {
  if (revisions.some(({ status }) => isUnderWay(status))) return [];
  return revisions.filter(({ offered }) => offered);
}
