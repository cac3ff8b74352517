import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@ushadow/contracts';
import { readiness } from './readiness.ts';

describe('readiness', () => {
  it('is false when one dependency is away, and does not repeat the reason', async () => {
    const state = await readiness({
      bus: () => Promise.resolve(),
      database: () => Promise.reject(new Error('postgres://user:password@host is down')),
    });
    expect(state).toEqual({ ready: false, checks: { bus: 'ok', database: 'unavailable' } });
  });

  it('says in a sentence of our own what is to be done', async () => {
    const full = new DomainError('STORE_UNAVAILABLE', 'unavailable', 'The disk is full: make room.');
    expect((await readiness({ database: () => Promise.reject(full) })).checks).toEqual({
      database: 'The disk is full: make room.',
    });
  });

  it('does not wait for a dependency that says nothing', async () => {
    const state = await readiness({ database: () => new Promise<void>(() => undefined) }, 5);
    expect(state).toEqual({ ready: false, checks: { database: 'no answer' } });
  });
});
