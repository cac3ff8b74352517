import { operations, type DeploymentData } from '@ushadow/contracts';
import type { Progress } from './progress.ts';

type Status = DeploymentData['status'];

const statuses = operations.getDeployment.output.shape.status;

/** The status as far as it is known: the verdict's, else that the deploy is under way, else the stored one. */
export function shownStatus(deployment: DeploymentData, { verdict, stages }: Progress): Status {
  if (deployment.verdict !== null) return deployment.status;
  const status = statuses.safeParse(verdict);
  if (status.success) return status.data;
  return deployment.status === 'pending' && stages.length > 0 ? 'deploying' : deployment.status;
}
