import type { PlanData } from '@ushadow/contracts';
import { useRouter } from 'next/navigation';
import { api } from '../../../api/client.ts';
import { useAction, type Action } from '../../../api/use-action.ts';

/** Starts a deployment of exactly this plan and leads to its page. `before` comes first, if given. */
export function useApproval(before?: () => Promise<void>): Action<[PlanData]> {
  const router = useRouter();
  return useAction(async ({ cluster_id, plan_id }: PlanData) => {
    await before?.();
    const { deployment_id: id } = await api.startDeployment({ cluster_id, plan_id });
    router.push(`/deployments/${id}`);
  });
}
