import type { PlanData } from '@ushadow/contracts';
import type { PlannedObject } from './planned-changes.ts';

/** What a plan takes away: for good, or for as long as it is made anew. It is to be confirmed by name. */
export function destructiveChanges({ objects }: Pick<PlanData, 'objects'>): readonly PlannedObject[] {
  return objects.filter(({ action }) => action === 'delete' || action === 'recreate');
}

const WITH_DATA: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'Namespace']);

/** Data goes with it. */
export function holdsData({ object }: PlannedObject): boolean {
  return WITH_DATA.has(object.slice(0, object.indexOf('/')));
}
