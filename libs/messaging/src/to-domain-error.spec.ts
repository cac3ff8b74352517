import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@ushadow/contracts';
import { toDomainError } from './to-domain-error.ts';

describe('toDomainError', () => {
  it('leaves a declared error as it is', () => {
    const error = new DomainError('X', 'conflict', 'no');
    expect(toDomainError(error)).toBe(error);
  });

  it.each([
    ['a code of Prisma', Object.assign(new Error('x'), { code: 'P1001' })],
    ['a transaction that could not begin in time', Object.assign(new Error('x'), { code: 'P2028' })],
    ['a code of Postgres that is shutting down', Object.assign(new Error('x'), { code: '57P01' })],
    [
      'a refused connection below a driver error',
      Object.assign(new Error('x', { cause: { code: 'ECONNREFUSED' } }), {
        name: 'DriverAdapterError',
        code: 'ECONNREFUSED',
      }),
    ],
    ['a kind of the driver adapter', new Error('x', { cause: { kind: 'DatabaseNotReachable' } })],
    [
      'a connection that was lost',
      new Error('query failed', { cause: new Error('Connection terminated unexpectedly') }),
    ],
    [
      'what Prisma’s client carries as its meta data',
      Object.assign(new Error('x'), {
        code: 'P2010',
        meta: {
          driverAdapterError: { name: 'DriverAdapterError', cause: { originalCode: '57P03', kind: 'postgres' } },
        },
      }),
    ],
    ['a query that was never answered', new Error('x', { cause: new Error('Query read timeout') })],
    ['a pool that found no connection in time', new Error('timeout exceeded when trying to connect')],
  ])('takes %s for a database that is away', (_name, error) => {
    expect(toDomainError(error)).toMatchObject({ code: 'STORE_UNAVAILABLE', kind: 'unavailable' });
  });

  it('hides what it does not know and keeps it as the cause', () => {
    const cause = new Error('password=hunter2');
    const error = toDomainError(cause);
    expect(error).toMatchObject({ code: 'UNEXPECTED', cause });
    expect(JSON.stringify(error.toEnvelope())).not.toContain('hunter2');
  });
});
