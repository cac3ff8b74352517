import { describe, expect, it } from '@jest/globals';
import { CheckSchedule } from './check-schedule.ts';

const now = new Date('2026-01-01T00:00:00Z');
const secondsUntil = (date: Date) => (date.getTime() - now.getTime()) / 1000;

describe('CheckSchedule', () => {
  it('spreads regular checks by a fifth to either side, so that they do not come together', () => {
    const at = (random: number) => secondsUntil(new CheckSchedule(60, () => random).next(now, 'connected', 0));
    expect([at(0), at(0.5), at(1)]).toEqual([48, 60, 72]);
  });

  it('waits longer the longer a cluster fails, up to ten intervals', () => {
    const schedule = new CheckSchedule(60, () => 0.5);
    const waits = [0, 1, 2, 3, 4, 50].map((failed) => secondsUntil(schedule.next(now, 'unreachable', failed)));
    expect(waits).toEqual([60, 120, 240, 480, 600, 600]);
  });

  it('works a backlog off at twice the pace of the schedule, not all at once', () => {
    expect(new CheckSchedule(60).shareOf(1_000)).toBeCloseTo(2 / 60);
  });

  it('is off at zero', () => {
    expect(new CheckSchedule(0).enabled).toBe(false);
  });
});
