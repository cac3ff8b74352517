import { describe, expect, it } from '@jest/globals';
import { COUNTER_MAX } from '@ushadow/contracts';
import { lastEventId } from './last-event-id.ts';

describe('the last event that a client has seen', () => {
  it('is the number in its header, or in its query; none before the first one', () => {
    expect(lastEventId('7', undefined).data).toBe(7);
    expect(lastEventId(String(COUNTER_MAX), undefined).data).toBe(COUNTER_MAX);
    expect(lastEventId(undefined, '8').data).toBe(8);
    expect(lastEventId('9', '8').data).toBe(9);
    expect(lastEventId('0', undefined).data).toBe(0);
    expect(lastEventId('', undefined).data).toBe(0);
    expect(lastEventId(undefined, undefined).data).toBe(0);
  });

  it('is what the header says, whatever stands in the query beside it', () => {
    for (const query of ['8', 'abc', '-1', ['1', '2'], { of: '1' }]) {
      expect(lastEventId('9', query).data).toBe(9);
      expect(lastEventId('abc', query).error?.issues[0]?.path).toEqual(['Last-Event-ID']);
    }
  });

  it('is refused by the name of what holds it where no event can have that number', () => {
    for (const text of ['2147483648', '9007199254740993', '-1', '1.5', 'abc', 'Infinity']) {
      expect(lastEventId(text, undefined).error?.issues[0]?.path).toEqual(['Last-Event-ID']);
      expect(lastEventId(undefined, text).error?.issues[0]?.path).toEqual(['after']);
    }
    expect(lastEventId(undefined, ['1', '2']).success).toBe(false);
  });
});
