import type { DeploymentStatus } from './deployment.ts';

/**
 * Which status may follow which; anything else is refused. `deploying` follows itself when another worker takes over. There
 * is one verdict: nothing follows it, only that an unknown end may become known.
 */
const following: Readonly<Record<DeploymentStatus, readonly DeploymentStatus[]>> = {
  queued: ['pending', 'cancelled', 'superseded'],
  pending: ['deploying', 'cancelled', 'superseded'],
  deploying: ['deploying', 'succeeded', 'failed', 'unknown', 'cancelled', 'superseded'],
  succeeded: [],
  failed: [],
  unknown: ['succeeded', 'failed'],
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

const final: ReadonlySet<DeploymentStatus> = new Set(['succeeded', 'failed', 'unknown', 'cancelled', 'superseded']);

/** It has its verdict: no worker goes on with it. */
export function isFinal(status: DeploymentStatus): boolean {
  return final.has(status);
}
