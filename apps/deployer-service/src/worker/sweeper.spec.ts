import { describe, expect, it } from '@jest/globals';
import { wakeUp } from './sweeper.ts';

const within = (seconds: number): number[] => {
  const looks = Array.from({ length: seconds * 2 }, (_, index) => index / 2);
  return [...new Set(looks.map(wakeUp))];
};

describe('wake-ups for a deployment that nobody holds', () => {
  it('follow each other quickly, then ever more slowly, then steadily', () => {
    expect(within(1)).toHaveLength(1);
    expect(within(2)).toHaveLength(2);
    expect(within(16)).toHaveLength(5);
    expect(within(3_600)).toHaveLength(5 + 224);
  });

  it('are numbered in their order', () => {
    const numbers = within(120);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });
});
