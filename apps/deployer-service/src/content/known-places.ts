import type { OwnedEntry } from './owned-entry.ts';
import type { StackContent, StackObjects } from './stack-content.ts';

export type Places = NonNullable<StackObjects['claims']>;

/**
 * Where the volumes of a stack lie: as its last good content says, else as deployments since then have left them, which may
 * have failed with data in their claims. The oldest of those made the claim.
 *
 * @param triedNewestFirst the places that each of them meant
 */
export function knownPlaces(
  good: Pick<StackContent, 'claims'> | undefined,
  triedNewestFirst: readonly Places[],
  inventory: readonly OwnedEntry[],
): Places {
  const claims = new Set(
    inventory.filter(({ object }) => object.kind === 'PersistentVolumeClaim').map(({ object }) => object.name),
  );
  const left = triedNewestFirst
    .flatMap((places) => Object.entries(places))
    .filter(([, place]) => claims.has(place.split('/')[0] ?? ''));
  return { ...Object.fromEntries(left), ...good?.claims };
}
