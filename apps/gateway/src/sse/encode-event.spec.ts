import { describe, expect, it } from '@jest/globals';
import { SseParser } from '@ushadow/contracts';
import fc from 'fast-check';
import { encodeEvent, encodeRetry, HEARTBEAT } from './encode-event.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\n', '\r', '\r\n', '\0', '\u2028', 'data: x', 'event: end', 'id: 9', ':', ' ', '\ud800'))
    .map((parts) => parts.join('')),
);
const values = fc.jsonValue({ stringUnit: 'binary' });

/** As the standard reads a stream: a line ends with CR, LF or both. */
const fieldsOf = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .map((line) => line.slice(0, line.indexOf(':')));

describe('an event on the wire', () => {
  it('has exactly its own fields, whatever stands in them', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.oneof(hostile, values), (event, id, data) => {
        expect(fieldsOf(encodeEvent({ event, id, data }))).toEqual(['id', 'event', 'data']);
      }),
    );
  });

  it('is read as it was written, among heartbeats and other events', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('progress', 'end'), fc.oneof(hostile, values))), (sent) => {
        const text = sent.map(([event, data]) => HEARTBEAT + encodeEvent({ event, data })).join(encodeRetry(1_000));
        const read = new SseParser().push(text).map(({ event, data }) => [event, JSON.parse(data)]);
        expect(read).toEqual(JSON.parse(JSON.stringify(sent)));
      }),
    );
  });

  it('has no NUL in its id, which would be ignored', () => {
    expect(encodeEvent({ event: 'e', id: 'a\0b', data: undefined })).toBe('id: a b\nevent: e\ndata: null\n\n');
  });

  it('says a whole number of milliseconds to wait', () => {
    expect([encodeRetry(1_000.7), encodeRetry(-1)]).toEqual(['retry: 1000\n\n', 'retry: 0\n\n']);
  });
});
