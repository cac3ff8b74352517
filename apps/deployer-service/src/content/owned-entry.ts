import { isClaimOf, type InventoryEntry } from '@ushadow/deploy-engine';
import { objectId, objectKey, type ObjectId } from '@ushadow/kubernetes';
import type { StackObjects, WantedObject } from './stack-content.ts';

/** An object of a stack in its cluster, with the services that want or wanted it. */
export interface OwnedEntry extends InventoryEntry {
  /** Absent in what was kept before there were stacks. */
  readonly services?: readonly string[];
}

/**
 * The inventory after a deployment, with the services of each object: by what was wanted, else as it was known before,
 * else those that the deployment was about.
 */
export function withServices(
  inventory: readonly InventoryEntry[],
  wanted: StackObjects | undefined,
  before: readonly OwnedEntry[],
  about: readonly string[],
): OwnedEntry[] {
  const known = new Map(before.map(({ object, services }) => [objectKey(object), services]));
  for (const { object, services } of wanted?.objects ?? []) known.set(objectKey(objectId(object)), services);
  return withClaimServices(
    inventory.map(({ object, uid }) => ({ object, uid, services: known.get(objectKey(object)) ?? about })),
    wanted,
  );
}

/**
 * Claims that a StatefulSet has made are no objects of any content: they are of the services that want the set, by the
 * first content that has it.
 */
export function withClaimServices<T extends OwnedEntry>(
  inventory: readonly T[],
  ...contents: readonly (StackObjects | undefined)[]
): T[] {
  return inventory.map((entry) => {
    const set = contents.map((content) => claimantOf(entry.object, content)).find((found) => found !== undefined);
    return set === undefined ? entry : { ...entry, services: set.services };
  });
}

/** The StatefulSet of a content that a claim is of, with the services that want it. */
export function claimantOf(id: ObjectId, content: StackObjects | undefined): WantedObject | undefined {
  return content?.objects.find(({ object }) => isClaimOf(id, object));
}
