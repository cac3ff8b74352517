import { describe, expect, it } from '@jest/globals';
import { healthLook, syncLook } from './fact-look.ts';

const at = '2026-01-01T00:00:00.000Z';
const states = ['ready', 'progressing', 'failed', 'stopped', 'completed', 'absent', 'unknown'] as const;

describe('healthLook', () => {
  it('shows what is seen now as it is', () => {
    expect(healthLook({ state: 'ready', stale: false, at })).toMatchObject({ word: 'Running', tone: 'ok' });
    expect(healthLook({ state: 'failed', stale: false, at })).toMatchObject({ word: 'Failing', tone: 'bad' });
  });

  it.each(states)('never looks like running when it is not seen now: %s', (state) => {
    const look = healthLook({ state, stale: true, at });
    expect([look.tone, look.icon]).toEqual(['neutral', 'question']);
    expect(look.word).toMatch(/^(Last seen |Unknown)/);
  });

  it.each(states)('is unknown when it was never looked at: %s', (state) => {
    expect(healthLook({ state, stale: false, at: null }).word).toBe('Unknown');
  });
});

describe('syncLook', () => {
  it('keeps a difference apart from not knowing', () => {
    expect(syncLook({ state: 'out-of-sync', stale: false, at }).word).toBe('Out of sync');
    expect(syncLook({ state: 'in-sync', stale: true, at }).word).toBe('Last seen in sync');
    expect(syncLook({ state: 'unknown', stale: false, at }).word).toBe('Unknown');
  });
});
