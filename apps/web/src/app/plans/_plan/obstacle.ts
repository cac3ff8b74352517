import type { PlanData } from '@ushadow/contracts';

/** Why a plan cannot be applied: its time is over, or the cluster refuses it. */
export type Obstacle = 'expired' | 'refused';

/** Null when nothing stands in the way. `now`: Unix milliseconds. */
export function obstacleTo(plan: Pick<PlanData, 'applicable' | 'expires_at'>, now: number): Obstacle | null {
  if (Date.parse(plan.expires_at) <= now) return 'expired';
  return plan.applicable ? null : 'refused';
}
