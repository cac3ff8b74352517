import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, decodeBase64Text } from './base64.ts';

describe('strict base64', () => {
  it('decodes what the platform encodes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Uint8Array.from(bytes));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeBase64Text(Buffer.from(text, 'utf8').toString('base64'))).toBe(text);
      }),
    );
  });

  it.each(['a', 'ab', 'abc', '====', 'YQ=', 'YQ==\n', 'Y Q==', 'YQ-_'])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(decodeBase64Text('/w==')).toBeUndefined();
  });
});
