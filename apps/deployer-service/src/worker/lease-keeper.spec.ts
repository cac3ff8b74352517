import { afterEach, describe, expect, it } from '@jest/globals';
import { LeaseKeeper } from './lease-keeper.ts';
import type { LeaseStore } from './lease.store.ts';

const SECONDS = 0.3;
const lease = { deploymentId: 'd', epoch: 1n, attempt: 1, takenAt: new Date(0) };

let keeper: LeaseKeeper;
afterEach(() => keeper.stop());

function keep(renew: () => Promise<boolean>, askedAt = performance.now()): LeaseKeeper {
  keeper = new LeaseKeeper({ renew } as unknown as LeaseStore, lease, SECONDS, askedAt);
  return keeper;
}

const abortOf = ({ signal }: LeaseKeeper): Promise<number> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(performance.now())));

describe('a worker’s hold on a deployment', () => {
  it('lasts while it is renewed', async () => {
    let renewals = 0;
    const renewed = new Promise<void>((resolve) => {
      keep(() => {
        renewals += 1;
        if (renewals === 5) resolve();
        return Promise.resolve(true);
      });
    });
    await renewed;
    expect(keeper.signal.aborted).toBe(false);
  });

  it('ends at once when somebody else has it', async () => {
    const startedAt = performance.now();
    expect((await abortOf(keep(() => Promise.resolve(false)))) - startedAt).toBeLessThan(SECONDS * 800);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['never answers', () => new Promise<boolean>(() => undefined)],
  ])('ends before the lease does when the database %s', async (_how, renew) => {
    const startedAt = performance.now();
    const endedAt = await abortOf(keep(renew, startedAt));
    expect(endedAt - startedAt).toBeLessThan(SECONDS * 1_000);
    expect(endedAt - startedAt).toBeGreaterThan(SECONDS * 500);
  });

  it('is known to be over by who stood still and has had no timer', () => {
    const held = keep(() => Promise.resolve(true));
    const guarded = held.guard(held.signal);
    expect(guarded.aborted).toBe(false);
    const until = performance.now() + SECONDS * 1_000;
    while (performance.now() < until); // as after SIGSTOP and SIGCONT
    expect(guarded.aborted).toBe(true);
    expect(held.signal.aborted).toBe(true);
  });

  it('is not revived by an answer that comes too late', async () => {
    let answer: (isHeld: boolean) => void = () => undefined;
    const held = keep(() => new Promise((resolve) => (answer = resolve)));
    await abortOf(held);
    answer(true);
    await Promise.resolve();
    expect(held.guard(held.signal).aborted).toBe(true);
  });
});
