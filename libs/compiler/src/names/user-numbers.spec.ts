import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unknownAccounts, userNumbers } from './user-numbers.ts';

describe('userNumbers', () => {
  it.each([
    ['root', [0, undefined], []],
    ['root:root', [0, 0], []],
    ['1000:root', [1000, 0], []],
    ['app:1000', [undefined, 1000], ['app']],
    ['netbox:root', [undefined, 0], ['netbox']],
    ['app:app', [undefined, undefined], ['app']],
    ['1000:', [1000, undefined], []],
    [':1000', [undefined, 1000], []],
    ['4294967295', [undefined, undefined], ['4294967295']],
    [undefined, [undefined, undefined], []],
  ])('%s', (user, numbers, unknown) => {
    expect(userNumbers(user)).toEqual(numbers);
    expect(unknownAccounts(user)).toEqual(unknown);
  });

  it('every part is either a number or said', () => {
    const part = fc.oneof(fc.constantFrom('root', 'app', ''), fc.nat().map(String));
    fc.assert(
      fc.property(part, part, (user, group) => {
        const known = userNumbers(`${user}:${group}`);
        const said = unknownAccounts(`${user}:${group}`);
        [user, group].forEach((text, index) => {
          expect([text === '', known[index] !== undefined, said.includes(text)].filter(Boolean)).toHaveLength(1);
        });
      }),
    );
  });
});
