import { describe, expect, it } from '@jest/globals';
import { blockerOf } from './blocker.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const plan = { applicable: true, expires_at: '2026-01-01T12:30:00Z' };

describe('blockerOf', () => {
  it('is none for a plan that the cluster takes, within its time', () => {
    expect(blockerOf(plan, now)).toBeNull();
  });

  it('is the end of its time from that moment on', () => {
    expect(blockerOf(plan, Date.parse(plan.expires_at))).toBe('expired');
    expect(blockerOf({ ...plan, applicable: false }, Date.parse(plan.expires_at))).toBe('expired');
  });

  it('is the refusal of the cluster', () => {
    expect(blockerOf({ ...plan, applicable: false }, now)).toBe('refused');
  });
});
