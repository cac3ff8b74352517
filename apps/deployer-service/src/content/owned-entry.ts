import type { InventoryEntry } from '@ushadow/deploy-engine';
import { objectId, objectKey } from '@ushadow/kubernetes';
import { makerOf } from './claim-maker.ts';
import type { StackObjects } from './stack-content.ts';

/** An object of a stack in its cluster, with the services that want or wanted it. */
export interface OwnedEntry extends InventoryEntry {
  /** Absent in what was kept before there were stacks. */
  readonly services?: readonly string[];
}

/**
 * The inventory after a deployment, with the services of each object: by what was wanted, a claim of a template being for
 * those of its StatefulSet; else as it was known before, else those that the deployment was about.
 */
export function withServices(
  inventory: readonly InventoryEntry[],
  wanted: StackObjects | undefined,
  before: readonly OwnedEntry[],
  about: readonly string[],
): OwnedEntry[] {
  const known = new Map(before.map(({ object, services }) => [objectKey(object), services]));
  const objects = wanted?.objects ?? [];
  for (const { object, services } of objects) known.set(objectKey(objectId(object)), services);
  return inventory.map(({ object, uid }) => {
    const services = makerOf(object, objects)?.services ?? known.get(objectKey(object)) ?? about;
    return { object, uid, services };
  });
}
