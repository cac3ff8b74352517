import type { DeployEvent, InventoryEntry } from '@ushadow/deploy-engine';
import { objectKey } from '@ushadow/kubernetes';

/** What is ours in the cluster by the engine's events, for a run that came to no result. */
export function inventoryOfEvents(
  before: readonly InventoryEntry[],
  events: readonly DeployEvent[],
): readonly InventoryEntry[] {
  const owned = new Map(before.map((entry) => [objectKey(entry.object), entry]));
  for (const event of events) {
    if (event.type === 'object.deleted') owned.delete(objectKey(event.object));
    if (event.type !== 'object.applied' || event.uid === undefined) continue;
    owned.set(objectKey(event.object), { object: event.object, uid: event.uid });
  }
  return [...owned.values()];
}
