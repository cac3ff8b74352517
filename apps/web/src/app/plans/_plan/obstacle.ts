import type { PlanData } from '@ushadow/contracts';

/** Why a plan cannot be approved: what it was made from has changed, its time is over, or the cluster refuses it. */
export type Obstacle = 'edited' | 'expired' | 'refused';

/** Null when nothing stands in the way. `now`: Unix milliseconds. */
export function obstacleTo(
  plan: Pick<PlanData, 'applicable' | 'expires_at'>,
  now: number,
  isEdited = false,
): Obstacle | null {
  if (isEdited) return 'edited';
  if (Date.parse(plan.expires_at) <= now) return 'expired';
  return plan.applicable ? null : 'refused';
}
