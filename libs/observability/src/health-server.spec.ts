import { describe, expect, it } from '@jest/globals';
import { readiness } from './health-server.ts';

describe('readiness', () => {
  it('is false when one dependency is away, and does not repeat the reason', async () => {
    const state = await readiness({
      bus: () => Promise.resolve(),
      database: () => Promise.reject(new Error('postgres://user:password@host is down')),
    });
    expect(state).toEqual({ ready: false, checks: { bus: 'ok', database: 'unavailable' } });
  });
});
