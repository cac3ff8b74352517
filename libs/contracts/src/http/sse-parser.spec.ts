import { describe, expect, it } from '@jest/globals';
import { SseParser } from './sse-parser.ts';

const stream =
  'retry: 1000\n\n: still here\n\nid: 1\nevent: progress\ndata: {"a":1}\n\nevent: end\r\ndata: x\r\ndata: y\r\n\r\n';
const events = [
  { event: 'progress', data: '{"a":1}', id: '1' },
  { event: 'end', data: 'x\ny' },
];

describe('SseParser', () => {
  it('gives events and drops comments and empty ones', () => {
    expect(new SseParser().push(stream)).toEqual(events);
  });

  it('gives the same events wherever the stream is cut', () => {
    for (let cut = 1; cut < stream.length; cut += 1) {
      const parser = new SseParser();
      expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(events);
    }
  });

  it('does not give an event that is not finished', () => {
    expect(new SseParser().push('data: half\n')).toEqual([]);
  });

  it('calls an event without a name message', () => {
    expect(new SseParser().push('data: x\n\n')).toEqual([{ event: 'message', data: 'x' }]);
  });
});
