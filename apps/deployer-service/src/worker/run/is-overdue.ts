import type { Clock } from '@ushadow/kubernetes';
import type { Deployment } from '../../deployments/deployment.ts';

/** True when its whole time is up. */
export function isOverdue({ startedAt, deadlineSeconds }: Deployment, clock: Clock): boolean {
  return startedAt !== null && clock.now() - startedAt.getTime() > deadlineSeconds * 1000;
}
