/** What a person may do: each role may what those before it may. */
export const roles = ['viewer', 'operator', 'deployer', 'cluster-admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What a role is held for, from the widest. A role for something wide holds for all that is in it. */
export const scopes = ['installation', 'cluster', 'namespace', 'project', 'stack'] as const;
export type Scope = (typeof scopes)[number];

/**
 * Who may ask. `service` is no person's role: services do it for each other, in the name of who asked the first of them; nor
 * is `token`: whoever has that may.
 */
export interface Access {
  readonly role: Role | 'service' | 'token';
  readonly scope: Scope;
}
