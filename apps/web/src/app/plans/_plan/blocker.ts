import type { PlanData } from '@ushadow/contracts';

/** Why a plan cannot be applied: its time is over, or the cluster refuses it. */
export type Blocker = 'expired' | 'refused';

/** Null when nothing stands in the way. `now`: Unix milliseconds. */
export function blockerOf(plan: Pick<PlanData, 'applicable' | 'expires_at'>, now: number): Blocker | null {
  if (Date.parse(plan.expires_at) <= now) return 'expired';
  return plan.applicable ? null : 'refused';
}
