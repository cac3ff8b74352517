import { KubernetesApiError, objectKey } from '@ushadow/kubernetes';
import type { CreatedObject } from '../checkpoint.ts';
import type { DeployResult, InventoryEntry, ObjectChange } from '../deploy-result.ts';
import { isMadeByUs } from '../apply/write-object.ts';
import type { RunContext } from './run-context.ts';
import { callOptions } from './run-context.ts';

/**
 * What a run may have made without knowing: an earlier worker died between the server's act and its own note, or the
 * answer of this one's write never came.
 */
export function intended(
  { changes, plan }: Pick<DeployResult, 'changes' | 'plan'>,
  context: RunContext,
): CreatedObject[] {
  const created = new Set(
    plan?.entries.filter(({ action }) => action === 'create').map(({ object }) => objectKey(object)),
  );
  const unanswered = changes.filter(({ object, outcome }) => outcome === 'failed' && created.has(objectKey(object)));
  return [...(context.resumeFrom?.created ?? []), ...unanswered.map(({ object }) => ({ object }))];
}

/** What is ours in the cluster after a run that did not reach its end: all that was, and all it has made on the way. */
export async function ownedAfter(
  context: RunContext,
  result: Pick<DeployResult, 'changes' | 'plan'>,
  later: readonly ObjectChange[],
  deleted: readonly InventoryEntry[],
): Promise<InventoryEntry[]> {
  const owned = new Map((context.settings.inventory ?? []).map((entry) => [objectKey(entry.object), entry]));
  const made = await Promise.all(intended(result, context).map((item) => identify(item, context)));
  const changes = [...result.changes, ...later];
  const changed = changes.flatMap(({ object, uid }) => (uid === undefined ? [] : [{ object, uid }]));
  for (const entry of [...made.filter((each) => each !== undefined), ...changed])
    owned.set(objectKey(entry.object), entry);
  const removed = changes.filter(({ outcome }) => outcome === 'deleted');
  const gone = new Set([...deleted, ...removed].map(({ uid }) => uid));
  return [...owned.values()].filter(({ uid }) => !gone.has(uid));
}

/** Finds the uid of an object that was meant to be created; undefined when it is not there, or not made by us. */
export async function identify(
  { object, uid }: CreatedObject,
  context: RunContext,
): Promise<InventoryEntry | undefined> {
  if (uid !== undefined) return { object, uid };
  const live = await context.cluster.get(object, callOptions(context)).catch((error: unknown) => {
    if (error instanceof KubernetesApiError) return undefined;
    throw error;
  });
  if (live?.metadata.uid === undefined || !isMadeByUs(live, context.settings)) return undefined;
  return { object, uid: live.metadata.uid };
}
