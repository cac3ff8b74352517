import { atLeast, decide, EVERYWHERE, type Decision, type Place } from '@ushadow/access';
import type { Role, Scope, SubjectData } from '@ushadow/contracts';
import type { Request } from 'express';

/** Who asks, and what they hold. */
export type Subject = Pick<SubjectData, 'user' | 'grants' | 'limits'> & {
  /** When the token ends by which somebody asks. */
  readonly expires_at?: SubjectData['expires_at'];
};

/** Whoever asks without a token, which only those can who are on the gateway's machine. */
export const OPERATOR: Subject = { user: 'operator', grants: [{ ...EVERYWHERE, role: 'owner' }], limits: null };

/** Whoever is let in by what the route itself asks for. */
export const NOBODY: Subject = { user: 'service:gateway', grants: [], limits: null };

const subjects = new WeakMap<object, Subject>();

export function setSubject(request: Request, subject: Subject): void {
  subjects.set(request, subject);
}

export function subjectOf(request: Request): Subject {
  const subject = subjects.get(request);
  if (subject === undefined) throw new Error('a request came past what says whose it is');
  return subject;
}

/** A token may what its user may, and no more than it may itself. */
export function decideFor(
  { grants, limits }: Subject,
  access: { readonly role: Role; readonly scope: Scope },
  place: Place,
): Decision {
  const decision = decide(grants, access, place);
  return decision.allowed && limits !== null ? decide(limits, access, place) : decision;
}

/** Whether there is any place where somebody holds a role. */
export function mayAnywhere({ grants, limits }: Subject, role: Role): boolean {
  return [grants, limits ?? grants].every((held) => held.some((grant) => atLeast(grant.role, role)));
}
