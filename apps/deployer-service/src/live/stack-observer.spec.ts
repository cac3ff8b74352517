import { clusterTarget } from '@ushadow/contracts';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NO_CONTENT } from '../content/stack-content.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackObserver } from './stack-observer.ts';

const stack = { id: 's-1', target: clusterTarget('0123456789abcdef'), namespace: 'shop' } as Stack;
const seenAt = new Date('2026-01-01T00:00:00.000Z');

/** A stack whose cluster never answers; counts how often that is asked. */
function hanging() {
  let asked = 0;
  const parts = {
    clusters: {
      to: () => {
        asked += 1;
        return new Promise<never>(() => undefined);
      },
    },
    stacks: { lastSeen: () => Promise.resolve({ seen: { services: {}, claims: [] }, at: seenAt }) },
    deployments: { inventory: () => Promise.resolve([]) },
    logger: { debug: () => undefined },
  };
  const { clusters, stacks, deployments, logger } = parts;
  const observer = new StackObserver(
    clusters as never,
    stacks as never,
    deployments as never,
    {} as never,
    logger as never,
  );
  return { observer, asked: () => asked };
}

describe('a stack whose cluster does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is told as it was last seen within three seconds, and is not asked again at once by the next question', async () => {
    const { observer, asked } = hanging();
    const first = observer.observe(stack, NO_CONTENT, 1);
    await jest.advanceTimersByTimeAsync(3_000);
    const seen = { seen: { services: {}, claims: [] }, at: seenAt.toISOString(), stale: true };
    expect(await first).toEqual(seen);
    expect(await observer.observe(stack, NO_CONTENT, 1)).toEqual(seen);
    expect(asked()).toBe(1);
  });

  it('is not asked about all of its stacks at once, and holds up no other cluster', async () => {
    const { observer, asked } = hanging();
    const looks = Array.from({ length: 200 }, (_, n) =>
      observer.observe({ ...stack, id: `s-${String(n)}` }, NO_CONTENT, 1),
    );
    await jest.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(8);
    void observer.observe({ ...stack, id: 'other', target: clusterTarget('other') }, NO_CONTENT, 1);
    await jest.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(9);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await Promise.all(looks)).toEqual(
      Array.from({ length: 200 }, () => expect.objectContaining({ stale: true })),
    );
    // Those that hang have given their turns back.
    await jest.advanceTimersByTimeAsync(3_000);
    void observer.observe({ ...stack, id: 'later' }, NO_CONTENT, 1);
    await jest.advanceTimersByTimeAsync(0);
    expect(asked()).toBeGreaterThan(9);
  });

  it('is asked once by all who ask at the same time, and anew after a while', async () => {
    const { observer, asked } = hanging();
    const both = Promise.all([observer.observe(stack, NO_CONTENT, 1), observer.observe(stack, NO_CONTENT, 1)]);
    await jest.advanceTimersByTimeAsync(3_000);
    await both;
    await jest.advanceTimersByTimeAsync(3_000);
    void observer.observe(stack, NO_CONTENT, 1);
    await jest.advanceTimersByTimeAsync(0);
    expect(asked()).toBe(2);
  });
});
