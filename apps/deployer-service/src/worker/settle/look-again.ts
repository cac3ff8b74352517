import {
  deploy,
  isUnreachable,
  type DeployOptions,
  type DeployResult,
  type DesiredState,
} from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';
import { systemClock, type KubernetesTransport } from '@ushadow/kubernetes/transport';

/** What is to be seen of a deployment whose end nobody saw. */
export type Seen =
  | { readonly kind: 'later' }
  | { readonly kind: 'as-wanted'; readonly result: DeployResult }
  | {
      readonly kind: 'incomplete';
      readonly reason: string;
      readonly object: string | null;
      readonly result: DeployResult;
    };

/** Looks whether what was wanted is there and runs, and what was to go is gone. Nothing is written. */
export async function lookAgain(
  desired: DesiredState,
  cluster: KubernetesTransport,
  { watchMs, ...planned }: DeployOptions & { readonly watchMs: number },
): Promise<Seen> {
  const options = { ...planned, observeOnly: true, recreate: 'none' } as const;
  const run = deploy(desired, cluster, { ...options, deadlineMs: watchMs, stallMs: watchMs }, { clock: systemClock });
  for (;;) {
    const step = await run.next();
    if (step.done === true) return seen(step.value);
  }
}

function seen(result: DeployResult): Seen {
  const { verdict, failure } = result;
  if (verdict === 'unknown' || (failure !== undefined && isUnreachable(failure))) return { kind: 'later' };
  if (failure?.code !== 'NOT_APPLIED') return { kind: 'as-wanted', result };
  const object = failure.object === undefined ? null : formatObjectId(failure.object);
  return { kind: 'incomplete', reason: failure.message, object, result };
}
