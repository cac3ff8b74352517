import { describe, expect, it } from '@jest/globals';
import { storeFailure } from './store-failure.ts';

const withCode = (code: string): Error => Object.assign(new Error('could not extend file "base/1": secret'), { code });

describe('storeFailure', () => {
  it.each([
    ['53100', /disk .* full/],
    ['53200', /out of memory/],
    ['53300', /max_connections/],
    ['57P03', /starting/],
    ['25006', /read-only: DATABASE_URL has to lead to the primary/],
    ['55P03', /held a lock/],
  ])('says in one sentence of our own what %s asks for', (code, sentence) => {
    expect(storeFailure(withCode(code))).toMatch(sentence);
    expect(storeFailure(withCode(code))).not.toContain('secret');
  });

  it('finds the code where Prisma and its driver adapter put it', () => {
    const driverAdapterError = { name: 'DriverAdapterError', cause: { originalCode: '53100', kind: 'postgres' } };
    expect(storeFailure({ code: 'P2010', meta: { driverAdapterError } })).toMatch(/disk/);
    expect(storeFailure(new Error('x', { cause: { kind: 'TooManyConnections' } }))).toMatch(/no connection left/);
  });

  it.each([['23505'], ['42P01'], ['P2002'], ['ECONNREFUSED'], ['toString'], ['__proto__']])(
    'does not blame the database for %s',
    (code) => {
      expect(storeFailure(withCode(code))).toBeUndefined();
    },
  );

  it('ends in an error that is its own cause', () => {
    const error: { cause?: unknown } = {};
    error.cause = error;
    expect(storeFailure(error)).toBeUndefined();
  });
});
