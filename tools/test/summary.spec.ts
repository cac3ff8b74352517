import { describe, expect, it } from '@jest/globals';
import { closingLine, readSummary } from './summary.ts';

describe('the closing line of a test run', () => {
  it('names what passed, failed and was skipped', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 1 })).toBe('3 passed, 0 failed, 1 skipped');
  });

  it('counts a run that broke before any test as a failure', async () => {
    expect(closingLine(await readSummary('/nowhere/summary.json'))).toBe('0 passed, 1 failed, 0 skipped');
  });
});
