import type { Deployment, DeploymentKind } from '../deployments/deployment.ts';
import { isFinal } from '../deployments/transitions.ts';

/** What one would want back: a stopped or a removed service is not a state to go back to. */
export const RESTORABLE: ReadonlySet<DeploymentKind> = new Set(['deploy', 'rollback', 'start', 'restart', 'scale']);

/**
 * What a stack was last brought to: the newest one that succeeded, or that a newer one has gone back to. Undefined when
 * the newest one that ended has left something in between.
 *
 * @param newestFirst the deployments of one stack
 */
export function currentRevision(newestFirst: readonly Deployment[]): Deployment | undefined {
  for (const deployment of newestFirst) {
    const { status, afterDigest, startedAt } = deployment;
    if (status === 'succeeded') return deployment;
    // One that no worker had, or that has gone back, has left everything as it was.
    if (isFinal(status) && startedAt !== null && afterDigest === null) return undefined;
  }
  return undefined;
}

/** It failed, or a rollback has left it. One whose plan was stale was never tried: that says nothing against it. */
export function isBad({ status, verdict, undone }: Deployment): boolean {
  if (verdict?.code === 'PLAN_STALE') return false;
  return status === 'failed' || undone;
}

/** Going back to it makes sense. */
export function isOffered(deployment: Deployment, current: Deployment | undefined): boolean {
  const { kind, status, afterDigest, thinnedAt } = deployment;
  if (status !== 'succeeded' || thinnedAt !== null || !RESTORABLE.has(kind) || isBad(deployment)) return false;
  return afterDigest !== current?.afterDigest;
}

/** The newest revision that is offered, below the given one or below the current. */
export function revisionToRestore(newestFirst: readonly Deployment[], below?: number): Deployment | undefined {
  const current = below === undefined ? currentRevision(newestFirst) : undefined;
  const limit = below ?? current?.revision ?? Infinity;
  return newestFirst.find((each) => each.revision < limit && isOffered(each, current));
}
