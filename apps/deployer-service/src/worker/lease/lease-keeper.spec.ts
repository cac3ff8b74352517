import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EndRequest } from '../../deployments/deployment.ts';
import { anySignal } from './any-signal.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import type { Lease, LeaseStore } from './lease.store.ts';

const lease: Lease = { deploymentId: 'd', epoch: 1n, attempt: 1, takenAt: new Date(0) };
const LEASE_MS = 15_000;
const FENCE_MS = 12_000;

type Renew = () => Promise<{ ending: EndRequest | null } | undefined>;

describe('the keeper of a lease', () => {
  let now = 0;
  let keeper: LeaseKeeper;
  const heard: EndRequest[] = [];

  beforeEach(() => {
    now = 0;
    heard.length = 0;
    jest.useFakeTimers({ doNotFake: ['performance'] });
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });

  afterEach(() => {
    keeper.stop();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function keep(renew: Renew): LeaseKeeper {
    const store = { renew } as unknown as LeaseStore;
    keeper = new LeaseKeeper({ store, lease, leaseSeconds: 15, since: 0, onEnding: (request) => heard.push(request) });
    return keeper;
  }

  async function pass(milliseconds: number): Promise<void> {
    now += milliseconds;
    await jest.advanceTimersByTimeAsync(milliseconds);
  }

  it('holds while renewals come through', async () => {
    keep(() => Promise.resolve({ ending: null }));
    for (let at = 0; at < 40; at++) await pass(1_000);
    expect(keeper.aborted).toBe(false);
  });

  it('lets go when somebody else has the lease', async () => {
    keep(() => Promise.resolve(undefined));
    let reported = 0;
    keeper.addEventListener('abort', () => (reported += 1));
    await pass(LEASE_MS / 3);
    expect([keeper.aborted, reported]).toEqual([true, 1]);
  });

  it('fences itself before the lease ends when the database does not answer at all', async () => {
    keep(() => new Promise(() => undefined));
    let reported = 0;
    keeper.addEventListener('abort', () => (reported += 1));
    await pass(FENCE_MS - 1);
    expect([keeper.aborted, reported]).toEqual([false, 0]);
    await pass(1);
    expect([keeper.aborted, reported]).toEqual([true, 1]);
  });

  it('fences itself when renewals fail, and not sooner than it must', async () => {
    keep(() => Promise.reject(new Error('away')));
    await pass(FENCE_MS - 1);
    expect(keeper.aborted).toBe(false);
    await pass(1);
    expect(keeper.aborted).toBe(true);
  });

  it('counts from when a renewal was asked for, not from when it was answered', async () => {
    let answer: (value: { ending: null }) => void = () => undefined;
    keep(() => new Promise((resolve) => (answer = resolve)));
    await pass(5_000);
    await pass(6_000);
    answer({ ending: null });
    await pass(0);
    await pass(5_999);
    expect(keeper.aborted).toBe(false);
    await pass(1);
    expect(keeper.aborted).toBe(true);
  });

  it('counts as aborted at once after the process stood still, before any timer could tell', () => {
    keep(() => Promise.resolve({ ending: null }));
    const both = anySignal(keeper, new AbortController().signal);
    now += 60_000;
    expect([keeper.aborted, both.aborted]).toEqual([true, true]);
  });

  it('is not revived by an answer that comes too late, also when no timer has told yet', async () => {
    let answer: (value: { ending: null }) => void = () => undefined;
    keep(() => new Promise((resolve) => (answer = resolve)));
    await pass(LEASE_MS / 3);
    now += LEASE_MS;
    answer({ ending: null });
    await Promise.resolve();
    await Promise.resolve();
    expect(keeper.aborted).toBe(true);
    now = LEASE_MS / 3;
    expect(keeper.aborted).toBe(true);
  });

  it('hands on what is asked for meanwhile; who asks anew is answered anew, although a renewal is under way', async () => {
    const request: EndRequest = { request: 'cancel', rollback: true, actor: 'a', time: 't', by: null };
    const answers = [{ ending: null }, { ending: request }];
    keep(() => Promise.resolve(answers.shift() ?? { ending: request }));
    const first = keeper.renew();
    const anew = keeper.renewAnew();
    await Promise.all([first, anew]);
    expect(heard).toEqual([request]);
  });
});
