import type { Deployment, DeploymentKind } from '../deployments/deployment.ts';
import { isFinal } from '../deployments/transitions.ts';

/** What one would want back: a stopped or a removed service is not a state to go back to. */
export const RESTORABLE: ReadonlySet<DeploymentKind> = new Set([
  ...['deploy', 'rollback', 'start', 'restart', 'scale'],
  ...['repair', 'adopt', 'update-image', 'change'],
] as const);

/** Deployments of one stack, newest first; further ones are read only as far as they are needed. */
export type NewestFirst = Iterable<Deployment> | AsyncIterable<Deployment>;

/**
 * What a stack was last brought to: the newest one that succeeded, or that a newer one has gone back to. Undefined when
 * the newest one that ended has left something in between.
 */
export async function currentRevision(newestFirst: NewestFirst): Promise<Deployment | undefined> {
  for await (const deployment of newestFirst) {
    const current = currentBy(deployment);
    if (current !== undefined) return current ?? undefined;
  }
  return undefined;
}

/** The current one by this deployment: itself, or none since it has left something in between. Undefined: an older one says. */
function currentBy(deployment: Deployment): Deployment | null | undefined {
  const { status, afterDigest, startedAt } = deployment;
  if (status === 'succeeded') return deployment;
  // One that no worker had, or that has gone back, has left everything as it was.
  return isFinal(status) && startedAt !== null && afterDigest === null ? null : undefined;
}

/** It failed, or a rollback has left it. One whose plan was stale was never tried: that says nothing against it. */
export function isBad({ status, verdict, undone }: Deployment): boolean {
  if (verdict?.code === 'PLAN_STALE') return false;
  return status === 'failed' || undone;
}

/** Going back to it makes sense. */
export function isOffered(deployment: Deployment, current: Deployment | undefined): boolean {
  return deployment.thinnedAt === null && isGood(deployment) && deployment.afterDigest !== current?.afterDigest;
}

/** A state that one may want back, whether it is still kept or not. */
function isGood(deployment: Deployment): boolean {
  return deployment.status === 'succeeded' && RESTORABLE.has(deployment.kind) && !isBad(deployment);
}

/**
 * The newest revision that is offered, below the current. Below a given one it is the last good one, also where only its
 * history is left: what was before that is another state than was asked for.
 */
export async function revisionToRestore(newestFirst: NewestFirst, below?: number): Promise<Deployment | undefined> {
  let current: Deployment | null | undefined;
  for await (const each of newestFirst) {
    if (below !== undefined) {
      if (each.revision < below && isGood(each)) return each;
      continue;
    }
    if (current !== undefined && isOffered(each, current ?? undefined)) return each;
    if (current === undefined) current = currentBy(each);
  }
  return undefined;
}

/** Good revisions between the current and the one that is gone back to, of which only the history is left: newest first. */
export async function passedOver(newestFirst: NewestFirst, target: Deployment): Promise<readonly Deployment[]> {
  const passed: Deployment[] = [];
  let current: Deployment | null | undefined;
  for await (const each of newestFirst) {
    if (each.revision <= target.revision) break;
    const isAnother = each.afterDigest !== current?.afterDigest;
    if (current !== undefined && each.thinnedAt !== null && isGood(each) && isAnother) passed.push(each);
    if (current === undefined) current = currentBy(each);
  }
  return passed;
}

/** Why it is not the one that was expected; undefined where it is. */
export function passedOverText(passed: readonly Deployment[]): string | undefined {
  const [newest] = passed;
  if (newest === undefined) return undefined;
  const others = passed.length - 1;
  const which = others === 0 ? 'Revision' : 'Revisions';
  const more = others === 0 ? ' was' : ` and ${String(others)} before it were`;
  return `${which} ${String(newest.revision)}${more} passed over: older than is kept, only the history is left.`;
}
