import { describe, expect, it } from '@jest/globals';
import { natsFor } from './nats-accounts.ts';

describe('natsFor', () => {
  it('gives each test file an account of its own, and the same file the same one', async () => {
    const [one, other, again] = await Promise.all([natsFor('a'), natsFor('b'), natsFor('a')]);
    expect(one.account).not.toBe(other.account);
    expect(again).toEqual(one);
    expect(new URL(one.url).username).toBe(one.account);
  });
});
