/** What a person may do: each role may what those before it may. */
export const roles = ['viewer', 'operator', 'deployer', 'cluster-admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What a role is held for, from the widest. A role for something wide holds for all that is in it. */
export const scopes = ['installation', 'cluster', 'namespace', 'project', 'stack'] as const;
export type Scope = (typeof scopes)[number];

/**
 * Who may ask, and for what. `service` is no person's role: services do it for each other, in the name of who asked the first of them; nor
 * is `token`: whoever has that may; nor `self`: whoever is signed in may, for what is their own.
 */
export interface Access {
  readonly role: Role | 'service' | 'token' | 'self';
  readonly scope: Scope;
  /** Of the list in this field of the answer, everybody gets what they may see; `whole`: the answer is the list. */
  readonly listed?: string;
  /** What each entry of the list is; unless said, it is as narrow as its fields say. */
  readonly each?: Scope;
}
