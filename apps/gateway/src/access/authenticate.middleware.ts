import { DomainError, httpOperations, pathParameters } from '@ushadow/contracts';
import { currentRequestContext, withRequestContext } from '@ushadow/observability';
import type { NextFunction, Request, Response } from 'express';
import type { Authenticator } from './authenticator.ts';
import { NOBODY, OPERATOR, setSubject, type Subject } from './subject.ts';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]{1,500})$/i;
/** Of who asks, not of whom a proxy asks for: that one stands on this machine too. */
const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

/** What is for whoever has a token of its own, which stands elsewhere: what callers of these authorize is not ours. */
const withOwnToken = Object.values(httpOperations)
  .filter(({ access }) => access.role === 'token')
  // As routes are found: in whatever case, and with a slash at the end.
  .map(({ http: { path } }) => new RegExp(`^${pathParameters(path).reduce<string>(anySegment, path)}/?$`, 'i'));

function anySegment(path: string, parameter: string): string {
  return path.replace(`:${parameter}`, '[^/]+');
}

/** Says whose a request is, before anything of it is read; the work it causes is done in that name. */
export function authenticate(authenticator: Pick<Authenticator, 'subject'>) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    whose(request, authenticator).then((subject) => {
      setSubject(request, subject);
      const context = currentRequestContext();
      if (context === undefined) next();
      else withRequestContext({ ...context, actor: subject.user }, next);
    }, next);
  };
}

async function whose(request: Request, authenticator: Pick<Authenticator, 'subject'>): Promise<Subject> {
  if (withOwnToken.some((pattern) => pattern.test(request.path))) return NOBODY;
  const header = request.header('authorization');
  if (header === undefined && LOOPBACK.test(request.socket.remoteAddress ?? '')) return OPERATOR;
  if (header === undefined) throw malformed('This needs a token: only who is on the machine may ask without one.');
  const token = BEARER.exec(header)?.[1];
  if (token === undefined)
    throw malformed('The Authorization header is not understood. It is to be: `Bearer`, a space, and the token.');
  return authenticator.subject(token);
}

function malformed(message: string): DomainError {
  return new DomainError('TOKEN_MALFORMED', 'unauthenticated', message);
}
