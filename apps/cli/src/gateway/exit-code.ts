import type { DeploymentData } from '@ushadow/contracts';
import type { ExitCode } from '../command.ts';

const codes: Readonly<Record<DeploymentData['status'], ExitCode>> = {
  queued: 0,
  pending: 0,
  deploying: 0,
  succeeded: 0,
  failed: 1,
  unknown: 3,
  cancelled: 4,
  superseded: 4,
};

/** How a deployment ended, or 0 while it runs. */
export function exitCodeOf({ status }: Pick<DeploymentData, 'status'>): ExitCode {
  return codes[status];
}
