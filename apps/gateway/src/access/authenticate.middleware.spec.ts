import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@ushadow/contracts';
import { authenticate } from './authenticate.middleware.ts';
import { NOBODY, OPERATOR, subjectOf, type Subject } from './subject.ts';

const ci: Subject = { user: 'ci', grants: [], limits: null };
const authenticator = {
  subject: (token: string) =>
    token === 'good'
      ? Promise.resolve(ci)
      : Promise.reject(new DomainError('TOKEN_UNKNOWN', 'unauthenticated', 'This token is good for nothing.')),
};

/** Whose a request is, or with which code it is refused. */
function whose(authorization: string | undefined, remoteAddress = '127.0.0.1', path = '/api/stacks'): Promise<unknown> {
  const request = { path, socket: { remoteAddress }, header: () => authorization } as never;
  return new Promise((resolve) => {
    authenticate(authenticator)(request, {} as never, (error?: unknown) => {
      resolve(error === undefined ? subjectOf(request) : (error as DomainError).code);
    });
  });
}

describe('a request', () => {
  it('is of whom its token is, and of nobody where that is not good, or is no token', async () => {
    expect(await whose('Bearer good')).toBe(ci);
    expect(await whose('bearer  good')).toBe(ci);
    expect(await whose('Bearer bad')).toBe('TOKEN_UNKNOWN');
    for (const other of ['', ' ', 'Bearer', 'Bearer ', 'Basic eDp5', 'good', 'Bearer good, Bearer good'])
      expect([other, await whose(other)]).toEqual([other, 'TOKEN_MALFORMED']);
    expect(await whose(undefined)).toBe(OPERATOR);
  });

  it('is without a token of the operator where it comes from the machine itself, and of nobody elsewhere', async () => {
    for (const here of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
      expect([here, await whose(undefined, here)]).toEqual([here, OPERATOR]);
    for (const elsewhere of ['10.0.0.7', '::ffff:10.0.0.7', 'fe80::1', '2001:db8::127.0.0.1', ''])
      expect([elsewhere, await whose(undefined, elsewhere)]).toEqual([elsewhere, 'TOKEN_MALFORMED']);
    expect(await whose('Bearer good', '10.0.0.7')).toBe(ci);
  });

  it('may authorize itself with something of its own at a hook, however its path is spelled', async () => {
    for (const path of ['/api/hooks/x', '/api/hooks/x/', '/API/Hooks/x'])
      expect([path, await whose('Bearer bad', '10.0.0.7', path)]).toEqual([path, NOBODY]);
    for (const path of ['/api/hooks', '/api/hooks/x/y', '/api/stacks/hooks/x'])
      expect([path, await whose('Bearer bad', '10.0.0.7', path)]).toEqual([path, 'TOKEN_UNKNOWN']);
  });
});
