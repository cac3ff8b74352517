import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeFrame, FRAME_MAX_BYTES, FrameError, FrameReader, type Frame } from './frame.ts';

const frames = fc.array(
  fc.record({ channel: fc.integer({ min: 0, max: 255 }), bytes: fc.uint8Array({ maxLength: 300 }) }),
  { maxLength: 20 },
);
const plain = (all: readonly Frame[]) => all.map(({ channel, bytes }) => ({ channel, bytes: [...bytes] }));

function split(text: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.subarray(from, at[index] ?? text.length));
}

describe('frames', () => {
  it('come out as they went in, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(), { maxLength: 30 }), (sent, cuts) => {
        const reader = new FrameReader();
        const chunks = split(Buffer.concat(sent.map(encodeFrame)), cuts);
        expect(plain(chunks.flatMap((chunk) => reader.push(chunk)))).toEqual(plain(sent));
        expect(reader.isWithinFrame).toBe(false);
      }),
    );
  });

  it('are seen to be cut off in their middle', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.nat(), (bytes, cut) => {
        const encoded = encodeFrame({ channel: 1, bytes });
        const reader = new FrameReader();
        expect(reader.push(encoded.subarray(0, 1 + (cut % (encoded.length - 1))))).toEqual([]);
        expect(reader.isWithinFrame).toBe(true);
      }),
    );
  });

  it('are refused when they are longer than any may be, before so much is held', () => {
    expect(() => encodeFrame({ channel: 1, bytes: new Uint8Array(FRAME_MAX_BYTES + 1) })).toThrow(FrameError);
    const header = Buffer.alloc(5);
    header.writeUInt32BE(FRAME_MAX_BYTES + 1);
    expect(() => new FrameReader().push(header)).toThrow(FrameError);
    expect(new FrameReader().push(encodeFrame({ channel: 1, bytes: new Uint8Array(FRAME_MAX_BYTES) }))).toHaveLength(1);
  });
});
