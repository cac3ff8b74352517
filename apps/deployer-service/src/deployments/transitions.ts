import type { DeploymentStatus } from './deployment.ts';

/**
 * Which status may follow which; anything else is refused. `deploying` follows itself when another worker takes over, and
 * a final status is followed by nothing: there is one verdict.
 */
const following: Readonly<Record<DeploymentStatus, readonly DeploymentStatus[]>> = {
  queued: ['pending', 'cancelled', 'superseded'],
  pending: ['deploying', 'cancelled', 'superseded'],
  deploying: ['deploying', 'succeeded', 'failed', 'unknown', 'cancelled', 'superseded'],
  succeeded: [],
  failed: [],
  unknown: [],
  cancelled: [],
  superseded: [],
};

const statuses = Object.keys(following) as DeploymentStatus[];

export function mayFollow(from: DeploymentStatus, to: DeploymentStatus): boolean {
  return following[from].includes(to);
}

/** The statuses from which one may get to `to`. */
export function statusesBefore(to: DeploymentStatus): DeploymentStatus[] {
  return statuses.filter((from) => mayFollow(from, to));
}

/** Nothing follows it. */
export function isFinal(status: DeploymentStatus): boolean {
  return following[status].length === 0;
}
