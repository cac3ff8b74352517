import {
  deploy,
  isUnreachable,
  type DeployOptions,
  type DeployResult,
  type DesiredState,
} from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';
import { systemClock, type KubernetesTransport } from '@ushadow/kubernetes/transport';

/** What is live of a deployment whose end was not observed. */
export type ObservedOutcome =
  | { readonly kind: 'later' }
  | { readonly kind: 'as-wanted'; readonly result: DeployResult }
  | {
      readonly kind: 'incomplete';
      readonly reason: string;
      readonly object: string | null;
      readonly result: DeployResult;
    };

/** Observes whether what was wanted is there and runs, and what was to go is gone. Nothing is written. */
export async function observeOutcome(
  desired: DesiredState,
  cluster: KubernetesTransport,
  { watchMs, ...planned }: DeployOptions & { readonly watchMs: number },
): Promise<ObservedOutcome> {
  const options = { ...planned, observeOnly: true, recreate: 'none' } as const;
  const run = deploy(desired, cluster, { ...options, deadlineMs: watchMs, stallMs: watchMs }, { clock: systemClock });
  for (;;) {
    const step = await run.next();
    if (step.done === true) return observed(step.value);
  }
}

function observed(result: DeployResult): ObservedOutcome {
  const { verdict, failure } = result;
  if (verdict === 'unknown' || (failure !== undefined && isUnreachable(failure))) return { kind: 'later' };
  if (failure?.code !== 'NOT_APPLIED') return { kind: 'as-wanted', result };
  const object = failure.object === undefined ? null : formatObjectId(failure.object);
  return { kind: 'incomplete', reason: failure.message, object, result };
}
