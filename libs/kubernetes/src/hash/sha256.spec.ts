import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hmacSha256Hex, sha256Hex } from './sha256.ts';

const TEXTS = ['', 'abc', 'ü€😀', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'x'.repeat(100_001), '\u{d800}'];
/** Any text, lone surrogates included: they become U+FFFD, as with every encoder. */
const text = (): fc.Arbitrary<string> => fc.string({ unit: 'binary', maxLength: 300 });

describe('sha256', () => {
  it.each(TEXTS.map((each) => [each.length, each] as const))(
    'equals the platform digest (%i characters)',
    (_, each) => {
      expect(sha256Hex(each)).toBe(createHash('sha256').update(each, 'utf8').digest('hex'));
    },
  );

  it('equals the platform digest of any text', () => {
    fc.assert(
      fc.property(text(), (each) => {
        expect(sha256Hex(each)).toBe(createHash('sha256').update(each, 'utf8').digest('hex'));
      }),
    );
  });

  it.each(['', 'k', 'long'.repeat(40)])('HMAC equals the platform HMAC', (key) => {
    expect(hmacSha256Hex(key, 'value')).toBe(createHmac('sha256', key).update('value').digest('hex'));
  });

  it('HMAC equals the platform HMAC of any key and text', () => {
    fc.assert(
      fc.property(text(), text(), (key, each) => {
        expect(hmacSha256Hex(key, each)).toBe(createHmac('sha256', key).update(each, 'utf8').digest('hex'));
      }),
    );
  });
});
