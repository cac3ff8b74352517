import type { PlanData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { api } from '../../../api/client.ts';
import { useAction, type Action } from '../../../api/use-action.ts';

/** Starts a deployment of exactly this plan and leads to its page. */
export function useApproval(): Action<[PlanData]> {
  const router = useRouter();
  return useAction(async ({ cluster_id, project, plan_id }: PlanData) => {
    const { deployment_id: id } = await api.deployStack({ cluster_id, project, plan_id });
    router.push(`/deployments/${id}`);
  });
}
