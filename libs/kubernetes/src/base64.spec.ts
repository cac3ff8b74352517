import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, decodeBase64Text, encodeBase64, utf8Length } from './base64.ts';

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

  it('decodes whatever has the shape as the platform does, bits that the padding leaves over included', () => {
    const digit = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
    const last = fc.oneof(
      fc.constant(''),
      fc.tuple(digit, digit).map(([a, b]) => `${a}${b}==`),
      fc.tuple(digit, digit, digit).map(([a, b, c]) => `${a}${b}${c}=`),
    );
    const quads = fc.array(fc.tuple(digit, digit, digit, digit)).map((all) => all.flat().join(''));
    fc.assert(
      fc.property(quads, last, (start, end) => {
        expect(decodeBase64(start + end)).toEqual(Uint8Array.from(Buffer.from(start + end, 'base64')));
      }),
    );
  });

  it('keeps a byte order mark, as it is part of the text', () => {
    expect(decodeBase64Text('77u/YQ==')).toBe('\u{feff}a');
  });

  it.each(['a', 'ab', 'abc', '====', 'YQ=', 'YQ==\n', 'Y Q==', 'YQ-_'])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(decodeBase64Text('/w==')).toBeUndefined();
  });
});

describe('base64 and UTF-8 of what is written', () => {
  it('are those of the platform, for bytes, texts and halves of characters', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 70_000, size: 'max' }), fc.string({ unit: 'binary' })),
        (content) => {
          expect(encodeBase64(content)).toBe(Buffer.from(content as string).toString('base64'));
          if (typeof content === 'string') expect(utf8Length(content)).toBe(Buffer.byteLength(content));
        },
      ),
    );
    expect(encodeBase64('\ud800')).toBe(Buffer.from('\ufffd').toString('base64'));
  });
});
