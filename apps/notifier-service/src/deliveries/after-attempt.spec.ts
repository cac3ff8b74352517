import { describe, expect, it } from '@jest/globals';
import { afterAttempt } from './after-attempt.ts';
import type { Outcome } from './delivery.ts';

const now = new Date('2026-01-02T00:00:00Z');
const after = (ms: number): Date => new Date(now.getTime() + ms);
const HOUR = 3_600_000;
const failed: Outcome = { ok: false, status: 500, milliseconds: 3, message: 'it answered 500', answer: null };
const claimed = (attemptsMade: number, failingSince: Date | null = null) => ({
  attemptsMade,
  giveUpAt: after(24 * HOUR),
  channel: { failingSince },
});

describe('after an attempt', () => {
  it('a delivery is done when it came through, and its channel works again', () => {
    const standing = afterAttempt(claimed(3, after(-HOUR)), { ...failed, ok: true }, now);
    expect(standing).toMatchObject({ state: 'delivered', failingSince: null, isPaused: false, reason: null });
  });

  it('the next one comes later each time, up to six hours, and never at the same moment for all', () => {
    const waits = (random: number) =>
      [0, 1, 2, 3, 4, 5, 6, 7].map(
        (made) => afterAttempt(claimed(made), failed, now, () => random).dueAt.getTime() - now.getTime(),
      );
    expect(waits(0.5)).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000, 5_120_000, 20_480_000, 6 * HOUR]);
    expect(waits(0)[0]).toBe(4_000);
    expect(waits(1)[0]).toBe(6_000);
  });

  it('a receiver that asks for time gets it, an hour at most', () => {
    const dueIn = (retryAfterMs: number) =>
      afterAttempt(claimed(0), { ...failed, retryAfterMs }, now).dueAt.getTime() - now.getTime();
    expect(dueIn(60_000)).toBe(60_000);
    expect(dueIn(99 * HOUR)).toBe(HOUR);
  });

  it('the receiver is left alone with all that waits for it, when it asks for that or is not well', () => {
    const alone = (made: number, more: Partial<Outcome>) =>
      afterAttempt(claimed(made), { ...failed, ...more }, now, () => 0.5).leftAloneMs;
    expect(alone(0, { status: 429, retryAfterMs: 120_000 })).toBe(120_000);
    expect(alone(0, { status: 503, retryAfterMs: 99 * HOUR })).toBe(HOUR);
    expect([alone(0, {}), alone(7, {}), alone(1, { status: null })]).toEqual([5_000, 60_000, 20_000]);
    expect([alone(3, { status: 400 }), alone(0, { status: 404 })]).toEqual([0, 0]);
    expect(afterAttempt(claimed(1), { ...failed, ok: true, status: 200 }, now).leftAloneMs).toBe(0);
  });

  it('it is given up when there is no time left within its day', () => {
    const late = { ...claimed(8), giveUpAt: after(HOUR) };
    expect(afterAttempt(late, failed, now).state).toBe('failed');
    expect(afterAttempt(claimed(1), failed, now)).toMatchObject({
      state: 'waiting',
      failingSince: now,
      isPaused: false,
      reason: 'Failing: it answered 500.',
    });
  });

  it('a channel that has failed for a day is paused, with words', () => {
    const standing = afterAttempt(claimed(1, after(-24 * HOUR)), failed, now);
    expect(standing.isPaused).toBe(true);
    expect(standing.reason).toBe('Paused: nothing could be delivered for a day; at last it answered 500.');
    expect(afterAttempt(claimed(1, after(-23 * HOUR)), failed, now).isPaused).toBe(false);
  });

  it('410 ends it at once', () => {
    const gone = { ...failed, status: 410, message: 'it answered 410', isGone: true };
    expect(afterAttempt(claimed(0), gone, now)).toMatchObject({ state: 'failed', isPaused: true });
  });
});
