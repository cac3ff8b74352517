import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Place } from '@ushadow/access';
import { DomainError, type Role, type Scope } from '@ushadow/contracts';
import type { Request } from 'express';
import { DECLARED, type Declared, type Input } from './declares.ts';
import { Places } from './places.ts';
import { decideFor, mayAnywhere, subjectOf, type Subject } from './subject.ts';

type Asked = { readonly role: Role; readonly scope: Scope };

/** The one guard of the edge: who asks may do what the route declares, there, or it is refused with the reason. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly reflector: Reflector;
  private readonly places: Places;

  constructor(@Inject(Reflector) reflector: Reflector, @Inject(Places) places: Places) {
    this.reflector = reflector;
    this.places = places;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declared = this.reflector.getAllAndOverride<Declared | undefined>(DECLARED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (declared === undefined) throw refused('This route does not say who may use it: nobody may.');
    const request = context.switchToHttp().getRequest<Request>();
    await this.#check(subjectOf(request), declared, request);
    return true;
  }

  async #check(subject: Subject, { access, read }: Declared, request: Request): Promise<void> {
    const { role, scope, listed } = access;
    if (role === 'token') return;
    if (role === 'service') throw refused('Services ask this of each other; nobody else may.');
    if (role === 'self') {
      const [input = {}] = asList(read(request));
      refuseBeyondToken(subject, request.method, input);
      return;
    }
    // Who holds it everywhere need not be asked where.
    if (decideFor(subject, { role, scope }, {}).allowed) return;
    if (!mayAnywhere(subject, role)) throw refused(`This needs the role ${role}; you hold it nowhere, nor one above.`);
    if (listed !== undefined) return;
    await Promise.all(asList(read(request)).map((input) => this.#checkPlaces(subject, { role, scope }, input)));
  }

  async #checkPlaces(subject: Subject, asked: Asked, input: Input): Promise<void> {
    for (const place of await this.places.of(input, asked.scope)) refuseUnlessAllowed(subject, asked, place, input);
  }
}

function asList(read: ReturnType<Declared['read']>): readonly Input[] {
  return [read ?? []].flat();
}

/** Nobody gets further by a token than it goes: what it makes would not be limited as it is, nor end when it does. */
function refuseBeyondToken(subject: Subject, method: string, input: Input): void {
  const { user, limits, expires_at: end = null } = subject;
  if (limits !== null && method !== 'GET')
    throw refused('This token is limited, and may not make or revoke tokens. Use one of yours that is not.');
  if (limits !== null && (input['user'] ?? user) !== user)
    throw refused('This token is limited, and shows tokens of its own user alone. Use one of yours that is not.');
  if (end === null || !('expires_at' in input)) return;
  const { expires_at: wanted } = input;
  if (typeof wanted === 'string' && Date.parse(wanted) <= Date.parse(end)) return;
  throw refused(`This token ends at ${end}, and makes none that is good for longer: say when the new one ends.`);
}

function refuseUnlessAllowed(subject: Subject, asked: Asked, place: Place, input: Input): void {
  const { allowed, reason } = decideFor(subject, asked, place);
  if (allowed) return;
  const unseen = ids.find(([field]) => typeof input[field] === 'string');
  // That something is there is told to nobody who may not see it.
  if (unseen !== undefined && !decideFor(subject, { ...asked, role: 'viewer' }, place).allowed) {
    const [field, code, what] = unseen;
    throw new DomainError(code, 'not-found', `No ${what} has the id ${String(input[field])}.`);
  }
  throw refused(reason);
}

const ids = [
  ['stack_id', 'STACK_NOT_FOUND', 'stack'],
  ['deployment_id', 'DEPLOYMENT_NOT_FOUND', 'deployment'],
  ['plan_id', 'PLAN_NOT_FOUND', 'plan'],
] as const;

function refused(message: string): DomainError {
  return new DomainError('ROLE_NEEDED', 'forbidden', message);
}
