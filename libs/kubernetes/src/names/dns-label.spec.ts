import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dnsLabel, isDnsLabel } from './dns-label.ts';

describe('dnsLabel (M2)', () => {
  it('leaves valid names alone', () => {
    expect(dnsLabel('web-1')).toBe('web-1');
  });

  it.each([
    ['My Service', /^my-service-[0-9a-f]{8}$/],
    ['my_service', /^my-service-[0-9a-f]{8}$/],
    ['', /^x-[0-9a-f]{8}$/],
    ['ü', /^x-[0-9a-f]{8}$/],
  ])('marks a changed name %j with a hash', (text, shape) => {
    expect(dnsLabel(text)).toMatch(shape);
  });

  it('gives Services a leading letter', () => {
    expect(dnsLabel('3scale', 'rfc1035')).toMatch(/^x3scale-[0-9a-f]{8}$/);
  });

  it('is valid for any text and length limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.integer({ min: 12, max: 63 }), (text, max) => {
        for (const rule of ['rfc1123', 'rfc1035'] as const) {
          const label = dnsLabel(text, rule, max);
          expect(isDnsLabel(label, rule)).toBe(true);
          expect(label.length).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  it('never maps two texts to one name, even when one is written like the result of the other', () => {
    const texts = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[aA_ -]{1,5}$/));
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        fc.pre(a !== b);
        expect(dnsLabel(a)).not.toBe(dnsLabel(b));
      }),
    );
    expect(dnsLabel(dnsLabel('My Service'))).not.toBe(dnsLabel('My Service'));
  });
});
