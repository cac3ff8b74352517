import { operations, type DeploymentData } from '@ushadow/contracts';
import { dataOf } from './event-data.ts';
import type { EventLog } from './event-log.ts';

type Status = DeploymentData['status'];

const statuses = operations.getDeployment.output.shape.status;

/** The status as far as it is known: the verdict's, else that the deploy is under way, else the stored one. */
export function shownStatus(deployment: DeploymentData, log: EventLog): Status {
  if (deployment.verdict !== null) return deployment.status;
  const verdict = log.map((event) => dataOf(event, 'verdict')).findLast((data) => data !== null);
  const status = statuses.safeParse(verdict?.status);
  if (status.success) return status.data;
  return deployment.status === 'pending' && log.some((event) => event.type === 'stage.started')
    ? 'deploying'
    : deployment.status;
}
