import { describe, expect, it } from '@jest/globals';
import { base64OfText } from './base64.ts';

const decoded = (text: string) => Buffer.from(text, 'base64').toString('utf8');

describe('base64OfText', () => {
  it.each(['', 'apiVersion: v1', 'größe: 8', 'クラスタ: 東京', '🚀 ok'])('keeps every character of %j', (text) => {
    expect(decoded(base64OfText(text))).toBe(text);
  });

  it('takes a text of a megabyte', () => {
    const text = 'é'.repeat(500_000);
    expect(decoded(base64OfText(text))).toBe(text);
  });
});
