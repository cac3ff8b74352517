import type { operations, PlanData, RequestOf } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction, type Action } from '../../../api/use-action.ts';
import { useApproval } from '../../plans/_hooks/use-approval.ts';

export type PlanRequest = RequestOf<typeof operations.planDeployment>;

interface PlanParts {
  /** What the form asks for now. */
  readonly request: PlanRequest;
  /** Variables whose change takes effect only once it is kept: no plan has it before. */
  readonly unkept: readonly string[];
  /** Keeps them; null where nothing is to be kept. */
  readonly keep: (() => Promise<void>) | null;
  readonly onError: (error: unknown) => void;
}

export interface PlanState {
  /** The last one that was made; null before the first. */
  readonly plan: PlanData | null;
  /** The form has been edited since: the plan is of something else. */
  readonly isEdited: boolean;
  /** Names of variables that are kept by making a plan, since it cannot be made otherwise. */
  readonly keepsFirst: readonly string[];
  /** With `takeOver`, fields that other managers own are claimed. */
  readonly make: Action<[{ takeOver: boolean }]>;
  readonly approval: Action<[PlanData]>;
}

/** A stored plan of what the form asks for. What it was made from is remembered, to tell when it no longer fits. */
export function usePlan({ request, unkept, keep, onError }: PlanParts): PlanState {
  const text = JSON.stringify(request);
  const [made, setMade] = useState<{ readonly plan: PlanData; readonly of: string } | null>(null);
  const approval = useApproval(keep ?? undefined);
  const make = useAction(async ({ takeOver }: { takeOver: boolean }) => {
    // What is not shown cannot be approved: not while another one is made, and not when that fails.
    setMade(null);
    approval.reset();
    try {
      if (unkept.length > 0) await keep?.();
      setMade({ plan: await api.planDeployment({ ...request, take_over: takeOver }), of: text });
    } catch (error) {
      onError(error);
      throw error;
    }
  });
  return {
    plan: made?.plan ?? null,
    isEdited: made !== null && (made.of !== text || unkept.length > 0),
    keepsFirst: keep === null ? [] : unkept,
    make,
    approval,
  };
}
