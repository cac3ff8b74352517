import type { DeploymentData } from '@ushadow/contracts';
import { useMemo } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { useWholePlan } from '../../../plans/_hooks/use-whole-plan.ts';
import type { Outline } from '../_events/fold.ts';
import { outlineOf } from '../_events/outline.ts';

/** Which objects are of which service; null until the deployment is known. */
export function useOutline(deployment: DeploymentData | undefined): Outline | null {
  const planId = deployment?.plan_id ?? null;
  const plan = useWholePlan(planId);
  const needsStack = deployment !== undefined && (planId === null || plan.error !== undefined);
  const stack = useQuery('getStack', { stack_id: deployment?.stack_id ?? '' }, { enabled: needsStack });
  const { data: planned } = plan;
  const { data: placed } = stack;
  return useMemo(
    () => (deployment === undefined ? null : outlineOf(deployment, planned, placed)),
    [deployment, planned, placed],
  );
}
