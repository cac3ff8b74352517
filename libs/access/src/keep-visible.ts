import type { Role } from '@ushadow/contracts';
import { atLeast, covers, type Grant } from './grant.ts';
import type { Place } from './place.ts';

/**
 * Of a list, what somebody may see. An entry is as narrow as its place says: one of a whole cluster is not for who holds a role
 * in one of its namespaces.
 */
export function keepVisible<T>(
  items: readonly T[],
  grants: readonly Grant[],
  role: Role,
  placeOf: (item: T) => Place,
): readonly T[] {
  const enough = grants.filter((grant) => atLeast(grant.role, role));
  return items.filter((item) => enough.some((grant) => covers(grant, 'stack', placeOf(item))));
}
