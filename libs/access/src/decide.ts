import { roles, type Role, type Scope } from '@ushadow/contracts';
import { atLeast, covers, type Grant } from './grant.ts';
import { describePlace, type Place } from './place.ts';

export interface Decision {
  readonly allowed: boolean;
  /** Why, for people: who may do what here. */
  readonly reason: string;
}

/** Whether grants allow what an operation declares, there. Grants only add: none takes away what another one gives. */
export function decide(
  grants: readonly Grant[],
  { role: needed, scope }: { readonly role: Role; readonly scope: Scope },
  place: Place = {},
): Decision {
  const where = describePlace(scope, place);
  const held = highest(grants.filter((grant) => covers(grant, scope, place)));
  if (held === undefined)
    return { allowed: false, reason: `This needs the role ${needed} for ${where}; you hold none.` };
  if (!atLeast(held, needed))
    return { allowed: false, reason: `This needs the role ${needed} for ${where}; yours is ${held}.` };
  return { allowed: true, reason: `Your role for ${where} is ${held}, and ${needed} is enough.` };
}

function highest(grants: readonly Grant[]): Role | undefined {
  return [...roles].reverse().find((role) => grants.some((grant) => grant.role === role));
}
