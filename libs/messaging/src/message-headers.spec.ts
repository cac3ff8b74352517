import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { fromHeaders, toHeaders } from './message-headers.ts';

const now = Date.now();
afterEach(() => {
  jest.restoreAllMocks();
});

describe('the context in headers', () => {
  it('comes through, with the time that is left', () => {
    jest.spyOn(Date, 'now').mockReturnValue(now);
    const context = { requestId: 'r', actor: 'ann', traceparent: 't', deadline: now + 5_000 };
    expect(fromHeaders(toHeaders(context))).toEqual(context);
  });

  it('needs no two clocks that agree', () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now - 600_000);
    const sent = toHeaders({ requestId: 'r', actor: 'a', deadline: now - 600_000 + 5_000 });
    clock.mockReturnValue(now);
    expect(fromHeaders(sent).deadline).toBe(now + 5_000);
  });

  it('leaves no time for what was sent too late', () => {
    jest.spyOn(Date, 'now').mockReturnValue(now);
    expect(fromHeaders(toHeaders({ requestId: 'r', actor: 'a', deadline: now - 1 })).deadline).toBe(now);
  });

  it('is refused without an actor: nobody’s request becomes the system’s', () => {
    const sent = toHeaders({ requestId: 'r', actor: 'ann' });
    sent.delete('x-actor');
    for (const received of [sent, undefined])
      expect(() => fromHeaders(received)).toThrow(expect.objectContaining({ code: 'ACTOR_MISSING' }));
  });

  it('has no deadline where the time that is left is no number', () => {
    const sent = toHeaders({ requestId: 'r', actor: 'ann' });
    sent.set('x-timeout-ms', 'soon');
    expect(fromHeaders(sent)).toEqual({ requestId: 'r', actor: 'ann' });
  });
});
