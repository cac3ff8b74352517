import { describe, expect, it } from '@jest/globals';
import { saysTheSame } from './says-the-same.ts';

describe('what is live surely says what is wanted', () => {
  it('although the server and others have added to it', () => {
    expect(saysTheSame({ a: 1, b: [{ c: 2 }] }, { a: 1, b: [{ c: 2, d: 3 }], e: 4 })).toBe(true);
  });

  it.each([
    ['a value is another', { a: 1 }, { a: 2 }],
    ['a field is gone', { a: { b: 1 } }, { a: {} }],
    ['a list is longer', { a: [1] }, { a: [1, 2] }],
    ['a list is in another order', { a: [1, 2] }, { a: [2, 1] }],
    ['a map that is replaced as a whole has more', { selector: { a: 'x' } }, { selector: { a: 'x', b: 'y' } }],
    ['it is written in other words', { cpu: '1000m' }, { cpu: '1' }],
    ['there is nothing', { a: 1 }, undefined],
  ])('not where %s', (_why, wanted, live) => {
    expect(saysTheSame(wanted, live)).toBe(false);
  });
});
