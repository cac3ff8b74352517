import type { DeploymentData } from '@ushadow/contracts';

/** It has not ended: it waits for its turn or a worker, or a worker is at it. */
export function isUnderWay(status: DeploymentData['status']): boolean {
  return status === 'queued' || status === 'pending' || status === 'deploying';
}
