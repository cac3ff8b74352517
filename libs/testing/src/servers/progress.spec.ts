import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { lineProgress } from './progress.ts';

describe('lineProgress', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is silent about what takes less than two seconds', () => {
    const lines: string[] = [];
    const step = lineProgress((line) => lines.push(line)).step('quick');
    jest.advanceTimersByTime(1_900);
    step.done();
    jest.advanceTimersByTime(60_000);
    expect(lines).toEqual([]);
  });

  it('shows what takes longer, again and again, and when it is done', () => {
    const lines: string[] = [];
    const step = lineProgress((line) => lines.push(line)).step('building');
    step.update('3 packages');
    jest.advanceTimersByTime(12_500);
    step.done();
    expect(lines).toEqual(['… building, 2 s, 3 packages', '… building, 12 s, 3 packages', '✓ building, 13 s']);
  });
});
