import { describe, expect, it } from '@jest/globals';
import { LIMITS } from './limits.ts';

describe('limits', () => {
  it('of the server end before the one that is counted here', () => {
    const { lock, statement, idle, answer } = LIMITS;
    expect(lock).toBeLessThan(statement);
    expect(statement).toBeLessThan(answer);
    expect(idle).toBeLessThan(answer);
  });
});
