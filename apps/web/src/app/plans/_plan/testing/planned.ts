import type { PlannedObject } from '../planned-changes.ts';

/** An object of a plan, with nothing more to say than what becomes of it. */
export function planned(
  object: string,
  action: PlannedObject['action'],
  services: readonly string[] = [],
  changes: PlannedObject['changes'] = [],
): PlannedObject {
  return {
    ...{ object, action, changes, services: [...services] },
    ...{ conflicts: [], adopts: false, verified: true, unverified_reason: null, warnings: [] },
  };
}
