import { roles, type Role } from '@ushadow/contracts';

/** Whether who holds a role may what another one may. */
export function atLeast(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
