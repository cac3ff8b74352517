import { describe, expect, it } from '@jest/globals';
import { progressText } from './progress-text.ts';

const step = { cluster_id: '0011223344556677', namespace: null, phase: 'listing' as const, what: 'pods', scanned: 0 };

describe('the progress of a scan in words', () => {
  it('names what is read and how much there is, where that is known', () => {
    expect(progressText({ ...step, scanned: 1_500, total: 6_000 })).toBe('Reading pods: 1,500 of 6,000 objects so far');
    expect(progressText({ ...step, scanned: 1_500, total: null })).toBe('Reading pods: 1,500 objects so far');
    expect(progressText({ ...step, scanned: 1, total: null })).toBe('Reading pods: 1 object so far');
  });

  it('says so before anything is read, and at the end', () => {
    expect(progressText({ ...step, what: null, total: null })).toBe('Asking the cluster');
    expect(progressText({ ...step, phase: 'finished', total: null })).toBe('Keeping what was found');
    expect(progressText({ ...step, phase: 'failed', total: null })).toBe('The scan failed');
  });
});
