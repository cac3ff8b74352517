import { wholePlan, type PlanData } from '@ushadow/contracts';
import { useEffect, useState } from 'react';
import { api } from '../../../api/client.ts';
import { useQuery, type Query } from '../../../api/use-query.ts';

/** A stored plan with the objects of all its pages; null: none is asked for. */
export function useWholePlan(planId: string | null): Query<PlanData> {
  const query = useQuery('getPlan', { plan_id: planId ?? '' }, { enabled: planId !== null });
  const { data, error, replace } = query;
  const [failed, setFailed] = useState<unknown>(undefined);

  useEffect(() => {
    if (data === undefined || data.next_cursor === null) return undefined;
    let current = true;
    const loadRest = async (): Promise<void> => {
      try {
        const whole = await wholePlan(data, api.getPlan);
        if (!current) return;
        setFailed(undefined);
        replace(whole);
      } catch (reason) {
        if (current) setFailed(reason);
      }
    };
    void loadRest();
    return () => {
      current = false;
    };
  }, [data, replace]);

  return { ...query, data: data?.next_cursor === null ? data : undefined, error: error ?? failed };
}
