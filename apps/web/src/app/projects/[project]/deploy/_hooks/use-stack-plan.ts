import { wholePlan, type PlanData, clusterOf } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../api/client.ts';
import { useAction } from '../../../../../api/use-action.ts';
import { destructiveChanges } from '../../../../plans/_plan/destructive.ts';
import type { StackRequest } from '../_form/to-stack-request.ts';

export interface StackPlan {
  /** The last one that was made; null before the first, and while another is being made. */
  readonly plan: PlanData | null;
  /** The form has been edited since: the plan is of something else. */
  readonly isEdited: boolean;
  /** Plans only. */
  readonly preview: (request: StackRequest) => Promise<void>;
  /** Plans, and goes on by itself where nothing goes that has to be confirmed. */
  readonly deploy: (request: StackRequest) => Promise<void>;
  /** Applies exactly this plan. */
  readonly begin: (plan: PlanData) => Promise<void>;
  readonly doing: 'planning' | 'starting' | null;
  readonly error: unknown;
}

/** One plan of what the form asks for, and the deployment of exactly that. */
export function useStackPlan(current: StackRequest, message: string, onError: (error: unknown) => void): StackPlan {
  const router = useRouter();
  const [made, setMade] = useState<{ readonly plan: PlanData; readonly of: string } | null>(null);
  const begin = useAction(async (plan: PlanData) => {
    const { target, project, plan_id } = plan;
    const why = message.trim() === '' ? {} : { message: message.trim() };
    const { deployment_id: id } = await api.deployStack({ cluster_id: clusterOf(target), project, plan_id, ...why });
    router.push(`/deployments/${id}`);
  });
  const make = useAction(async (request: StackRequest, goOn: boolean) => {
    // What is not shown cannot be applied: not while another one is made, and not when that fails.
    setMade(null);
    begin.reset();
    try {
      const plan = await wholePlan(await api.planStack(request), api.getPlan);
      setMade({ plan, of: JSON.stringify(request) });
      if (goOn && plan.applicable && destructiveChanges(plan).length === 0) await begin.run(plan);
    } catch (error) {
      onError(error);
      throw error;
    }
  });
  return {
    plan: made?.plan ?? null,
    isEdited: made !== null && made.of !== JSON.stringify(current),
    preview: (request) => make.run(request, false),
    deploy: (request) => make.run(request, true),
    begin: begin.run,
    doing: begin.busy ? 'starting' : make.busy ? 'planning' : null,
    error: make.error ?? begin.error,
  };
}
