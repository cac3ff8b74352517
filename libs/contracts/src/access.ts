/** What a person may do: each role may what those before it may. */
export const roles = ['viewer', 'deployer', 'cluster-admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What a role is held for. A role for the installation holds everywhere, one for a cluster also for the stacks in it. */
export const scopes = ['installation', 'cluster', 'project', 'stack'] as const;
export type Scope = (typeof scopes)[number];

/**
 * Who may ask. `service` is no person's role: services do it for each other, in the name of who asked the first of them; nor
 * is `token`: whoever has that may.
 */
export interface Access {
  readonly role: Role | 'service' | 'token';
  readonly scope: Scope;
}
