import { describe, expect, it } from '@jest/globals';
import { duration, elapsed, formatBytes, timeAgo, timeUntil } from './format.ts';

const now = Date.parse('2026-01-02T00:00:00Z');
const before = (ms: number) => new Date(now - ms).toISOString();

describe('timeAgo', () => {
  it.each([
    [0, 'just now'],
    [9_999, 'just now'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [86_399_999, '23 h ago'],
    [86_400_000, '1 day ago'],
    [3 * 86_400_000, '3 days ago'],
  ])('says %d ms as %s', (ms, text) => {
    expect(timeAgo(before(ms), now)).toBe(text);
  });

  it('reads a time ahead of this clock as now', () => {
    expect(timeAgo(before(-5_000), now)).toBe('just now');
  });
});

describe('timeUntil', () => {
  it.each([
    [58 * 60_000, 'in 58 min'],
    [30_000, 'in 0 min'],
    [26 * 3_600_000, 'in 26 h'],
    [3 * 86_400_000, 'in 3 days'],
    [-120_000, '2 min ago'],
  ])('says %d ms from now as %s', (ms, text) => {
    expect(timeUntil(before(-ms), now)).toBe(text);
  });
});

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [420.4, '420 ms'],
    [3_240, '3.2 s'],
    [12_300, '12 s'],
    [185_000, '3 min 5 s'],
    [7_440_000, '2 h 4 min'],
  ])('says %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('elapsed', () => {
  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [9_999, '9 s'],
    [61_000, '1 min 1 s'],
  ])('counts whole seconds: %d ms is %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [40_000, '39 KiB'],
    [4 * 1024 * 1024, '4 MiB'],
  ])('says %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
