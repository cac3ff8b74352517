import { describe, expect, it } from '@jest/globals';
import { isFinal, mayFollow, statusesBefore } from './transitions.ts';

describe('transitions of a deployment', () => {
  it('end in exactly one verdict: nothing follows a final status but that an unknown end becomes known', () => {
    const final = ['succeeded', 'failed', 'unknown', 'cancelled', 'superseded'] as const;
    for (const next of ['queued', 'pending', 'deploying', 'cancelled', 'superseded'] as const)
      expect(mayFollow('unknown', next)).toBe(false);
    expect(isFinal('unknown')).toBe(true);
    for (const status of final.filter((each) => each !== 'unknown')) {
      expect(isFinal(status)).toBe(true);
      for (const next of ['queued', 'pending', 'deploying', ...final] as const)
        expect(mayFollow(status, next)).toBe(false);
    }
  });

  it('lead to a worker only through pending, and to an outcome of the cluster only through a worker', () => {
    expect(statusesBefore('deploying')).toEqual(['pending', 'deploying']);
    expect(statusesBefore('unknown')).toEqual(['deploying']);
    for (const outcome of ['succeeded', 'failed'] as const)
      expect(statusesBefore(outcome)).toEqual(['deploying', 'unknown']);
  });

  it('let a deployment be cancelled or superseded at any time before its end', () => {
    for (const end of ['cancelled', 'superseded'] as const)
      expect(statusesBefore(end)).toEqual(['queued', 'pending', 'deploying']);
  });

  it('never lead back', () => {
    expect(statusesBefore('queued')).toEqual([]);
    expect(statusesBefore('pending')).toEqual(['queued']);
  });
});
