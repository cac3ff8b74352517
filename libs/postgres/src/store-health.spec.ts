import { describe, expect, it } from '@jest/globals';
import { StoreHealth } from './store-health.ts';

const FULL = Object.assign(new Error('could not extend file'), { code: '53100' });

describe('StoreHealth', () => {
  it('remembers that nothing can be stored, in a sentence that says what to do', () => {
    const health = new StoreHealth();
    health.failed(FULL);
    expect(health.trouble).toMatch(/disk .* is full: make room/);
  });

  it('knows that it is over as soon as something was written, and not because something was read', () => {
    const health = new StoreHealth();
    health.failed(FULL);
    health.done('SELECT');
    health.done('COMMIT');
    expect(health.trouble).toBeDefined();
    health.done('UPDATE');
    expect(health.trouble).toBeUndefined();
  });

  it('forgets a trouble that nobody has met again', () => {
    let now = 0;
    const health = new StoreHealth(() => now);
    health.failed(FULL);
    now = 61_000;
    expect(health.trouble).toBeUndefined();
  });

  it.each([['23505'], ['40001'], ['57014']])('takes %s for the fault of one statement', (code) => {
    const health = new StoreHealth();
    health.failed(Object.assign(new Error('x'), { code }));
    expect(health.trouble).toBeUndefined();
  });
});
