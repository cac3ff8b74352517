import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hmacSha256Hex, sha256Hex } from './sha256.ts';

const TEXTS = ['', 'abc', 'ü€😀', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'x'.repeat(100_001), '\u{d800}'];

describe('sha256', () => {
  it.each(TEXTS.map((text) => [text.length, text] as const))(
    'equals the platform digest (%i characters)',
    (_, text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    },
  );

  it.each(['k', 'long'.repeat(40)])('HMAC equals the platform HMAC', (key) => {
    expect(hmacSha256Hex(key, 'value')).toBe(createHmac('sha256', key).update('value').digest('hex'));
  });
});
