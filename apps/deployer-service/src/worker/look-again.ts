import { deploy, planDeployment, type DeployResult, type DesiredState } from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';
import { systemClock, type KubernetesTransport } from '@ushadow/kubernetes/transport';

/** What is to be seen of a deployment whose end nobody saw. */
export type Seen =
  | { readonly kind: 'later' }
  | { readonly kind: 'as-wanted'; readonly result: DeployResult }
  | { readonly kind: 'incomplete'; readonly reason: string; readonly object: string | null };

const BLIND = new Set(['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED', 'API_RATE_LIMITED']);

/**
 * Looks whether what was wanted is there, and whether it runs. Nothing is written: only when a plan has found every object
 * as it should be does the engine watch them, and it only watches.
 */
export async function lookAgain(
  desired: DesiredState,
  cluster: KubernetesTransport,
  { digestKey, watchMs }: { readonly digestKey: string; readonly watchMs: number },
): Promise<Seen> {
  const options = { digestKey, prune: false, recreate: 'none' } as const;
  const plan = await planDeployment(desired, cluster, options);
  if (plan.problems.some(({ code }) => BLIND.has(code))) return { kind: 'later' };
  const other = plan.entries.filter(({ action }) => action !== 'unchanged');
  const [first] = other;
  if (first !== undefined || plan.problems.length > 0 || plan.newNamespaces.length > 0) {
    const object = first === undefined ? null : formatObjectId(first.object);
    const reason = `${String(other.length)} of ${String(plan.entries.length)} objects are not as they were to be`;
    return { kind: 'incomplete', reason, object };
  }
  const run = deploy(
    desired,
    cluster,
    { ...options, observeOnly: true, deadlineMs: watchMs, stallMs: watchMs },
    { clock: systemClock },
  );
  for (;;) {
    const step = await run.next();
    if (step.done !== true) continue;
    const result = step.value;
    const isOpen = result.verdict === 'unknown' || result.failure?.code === 'NOT_APPLIED';
    return isOpen ? { kind: 'later' } : { kind: 'as-wanted', result };
  }
}
