import { describe, expect, it } from '@jest/globals';
import { distinct, watchedInput } from './read-watched.ts';

const a = '00000000-0000-4000-8000-00000000000a';
const b = '00000000-0000-4000-8000-00000000000b';
const read = (deployment: unknown) => watchedInput.safeParse({ deployment });

describe('which deployments a stream is asked for', () => {
  it('has each with the sequence number it goes on after, from the first unless said', () => {
    expect(read([`${a}:12`, b]).data?.deployment).toEqual([
      { id: a, after: 12 },
      { id: b, after: 0 },
    ]);
    expect(read(`${a}:3`).data?.deployment).toEqual([{ id: a, after: 3 }]);
  });

  it.each([[undefined], [[]], ['nope'], [`${a}:x`], [`${a}:-1`], [`${a}:1:2`], [`${a}:2147483648`]])(
    'refuses %j',
    (deployment) => {
      expect(read(deployment).success).toBe(false);
    },
  );

  it('refuses more than a connection is for', () => {
    expect(read(Array.from({ length: 101 }, () => a)).success).toBe(false);
  });

  it('follows one that is named twice once', () => {
    expect(
      distinct([
        { id: a, after: 1 },
        { id: a, after: 7 },
      ]),
    ).toEqual([{ id: a, after: 7 }]);
  });
});
