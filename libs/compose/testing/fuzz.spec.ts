import { describe, expect, it } from '@jest/globals';
import { fuzz, loadMutant } from './fuzz-loader.ts';
import { SAMPLE } from './sample.ts';

describe('loader on mutated files', () => {
  it('never throws, hangs or fills the memory (a short run; fuzz.long.e2e.ts has the long one)', () => {
    expect(fuzz(300, 20_261_123).runs).toBe(300);
  });

  it('gives the same result for the same input', () => {
    const [first, second] = [loadMutant(SAMPLE), loadMutant(SAMPLE)];
    expect(first.ok).toBe(true);
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });
});
