import { describe, expect, it } from '@jest/globals';
import { decodeBase64 } from './read-files.ts';

describe('base64', () => {
  it.each([
    ['', ''],
    ['YQ==', 'a'],
    ['YWI=', 'ab'],
    ['YW\nJj\n', 'abc'],
    ['+/+/', Buffer.from('+/+/', 'base64').toString()],
  ])('of %j is read', (text, expected) => {
    expect(decodeBase64(text, 'a').toString()).toBe(expected);
  });

  it.each(['a', 'YQ', 'YQ=', '=', '==', '====', 'Y===', 'YQ==YQ==', 'YW-_', 'YQ=a', 'é234'])(
    'is refused as %j',
    (text) => {
      expect(() => decodeBase64(text, 'a')).toThrow('is not base64');
    },
  );

  it('is read at any length', () => {
    const long = Buffer.alloc(24 * 1024 * 1024, 'x');
    expect(decodeBase64(long.toString('base64'), 'a').equals(long)).toBe(true);
    expect(() => decodeBase64(`${long.toString('base64')}!`, 'a')).toThrow('is not base64');
  });
});
