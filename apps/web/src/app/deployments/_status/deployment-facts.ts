import type { DeploymentData } from '@ushadow/contracts';

/** It has not ended: it waits for its turn or a worker, or a worker is at it. */
export function isUnderWay(status: DeploymentData['status']): boolean {
  return status === 'queued' || status === 'pending' || status === 'deploying';
}

const NAMED_MAX = 4;

/** Names a few services; of many, says how many. */
export function servicesText(services: readonly string[]): string {
  return services.length <= NAMED_MAX ? services.join(', ') : `${String(services.length)} services`;
}
