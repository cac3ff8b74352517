import { roles, type Role, type Scope } from '@ushadow/contracts';
import { ANYTHING, matches } from './pattern.ts';
import { dimensionsOf, type Dimension, type Place } from './place.ts';

/** A role, and where it is held. Each place is a pattern; `*` is everything, also what is of no place. */
export interface Grant {
  readonly role: Role;
  /** Id of a cluster, or `*`. */
  readonly cluster: string;
  readonly namespaces: string;
  readonly projects: string;
}

export const EVERYWHERE = { cluster: ANYTHING, namespaces: ANYTHING, projects: ANYTHING } as const;

/** Whether a grant holds for what is done there, whatever its role. What is not known is covered by `*` alone. */
export function covers(grant: Grant, scope: Scope, place: Place): boolean {
  const known = dimensionsOf[scope];
  const isCovered = (pattern: string, dimension: Dimension): boolean => {
    if (pattern === ANYTHING) return true;
    const name = known.includes(dimension) ? place[dimension] : undefined;
    return name !== undefined && matches(pattern, name);
  };
  return (
    isCovered(grant.cluster, 'cluster') &&
    isCovered(grant.namespaces, 'namespace') &&
    isCovered(grant.projects, 'project')
  );
}

/** Whether who holds a role may what another one may. */
export function atLeast(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
