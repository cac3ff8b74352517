import type { Role, Scope } from '@ushadow/contracts';
import { atLeast, covers, type Grant } from './grant.ts';
import type { Place } from './place.ts';

/**
 * Of a list, what somebody may see. An entry is as narrow as its place says: one of a whole cluster is not for who holds a role
 * in one of its namespaces.
 * @param scope what an entry is; beyond that, nothing that it says is its place
 */
export function keepVisible<T>(
  items: readonly T[],
  grants: readonly Grant[],
  role: Role,
  placeOf: (item: T) => Place,
  scope: Scope = 'stack',
): readonly T[] {
  const enough = grants.filter((grant) => atLeast(grant.role, role));
  return items.filter((item) => enough.some((grant) => covers(grant, scope, placeOf(item))));
}
