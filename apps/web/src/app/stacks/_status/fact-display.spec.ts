import { describe, expect, it } from '@jest/globals';
import { healthDisplay, syncDisplay } from './fact-display.ts';

const at = '2026-01-01T00:00:00.000Z';
const states = ['ready', 'progressing', 'failed', 'stopped', 'completed', 'absent', 'unknown'] as const;

describe('healthLook', () => {
  it('shows what is seen now as it is', () => {
    expect(healthDisplay({ state: 'ready', stale: false, at })).toMatchObject({ label: 'Running', tone: 'ok' });
    expect(healthDisplay({ state: 'failed', stale: false, at })).toMatchObject({ label: 'Failing', tone: 'bad' });
  });

  it.each(states)('never looks like running when it is not seen now: %s', (state) => {
    const display = healthDisplay({ state, stale: true, at });
    expect([display.tone, display.icon]).toEqual(['neutral', 'question']);
    expect(display.label).toMatch(/^(Last seen |Unknown)/);
  });

  it.each(states)('is unknown when it was never looked at: %s', (state) => {
    expect(healthDisplay({ state, stale: false, at: null }).label).toBe('Unknown');
  });
});

describe('syncLook', () => {
  it('keeps a difference apart from not knowing', () => {
    expect(syncDisplay({ state: 'out-of-sync', stale: false, at }).label).toBe('Out of sync');
    expect(syncDisplay({ state: 'in-sync', stale: true, at }).label).toBe('Last seen in sync');
    expect(syncDisplay({ state: 'unknown', stale: false, at }).label).toBe('Unknown');
  });
});
