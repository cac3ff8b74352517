import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesFor, secretFormats, secretFrom, type SecretFormat } from './secret-format.ts';

const bytes = (count: number, first = 0) => Uint8Array.from({ length: count }, (_, index) => (index + first) % 256);

describe('secretFrom', () => {
  it('writes bytes as hex, base64 and a UUID of version 4', () => {
    expect(secretFrom({ form: 'hex', bytes: 4 }, bytes(4, 253))).toBe('fdfeff00');
    expect(secretFrom(secretFormats.uuid, bytes(16))).toBe('00010203-0405-4607-8809-0a0b0c0d0e0f');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (random) => {
        const text = secretFrom({ form: 'base64', bytes: random.length }, random);
        expect(text).toBe(Buffer.from(random).toString('base64'));
      }),
    );
  });

  it('gives every character of an alphabet the same chance', () => {
    const format: SecretFormat = { form: 'alphabet', alphabet: 'abc', length: 255 };
    const text = secretFrom(format, bytes(256));
    for (const character of 'abc') expect([...text].filter((each) => each === character)).toHaveLength(85);
  });

  it('refuses too few bytes instead of writing a short secret', () => {
    expect(() => secretFrom(secretFormats.hex, bytes(31))).toThrow(RangeError);
    expect(() => secretFrom(secretFormats.password, new Uint8Array(100).fill(255))).toThrow(RangeError);
    for (const format of Object.values(secretFormats)) expect(secretFrom(format, bytes(bytesFor(format)))).not.toBe('');
  });
});
