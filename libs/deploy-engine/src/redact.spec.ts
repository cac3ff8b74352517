import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { Redactor } from './redact.ts';

const secret = (fields: Record<string, unknown>): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...fields }) as KubeObject;

describe('redaction', () => {
  it('replaces plain values, their base64 and decoded base64, anywhere in a structure', () => {
    const redactor = new Redactor([secret({ stringData: { a: 'first-secret' }, data: { b: 'c2Vjb25kLXNlY3JldA==' } })]);
    const shown = JSON.stringify(
      redactor.deep({ x: ['a first-secret b', { y: 'second-secret' }], z: 'c2Vjb25kLXNlY3JldA==', n: 1, u: null }),
    );
    expect(shown).toBe('{"x":["a [redacted] b",{"y":"[redacted]"}],"z":"[redacted]","n":1,"u":null}');
  });

  it('replaces each line of a value of several lines, and longer values before shorter ones', () => {
    const redactor = new Redactor([secret({ stringData: { key: 'line-one\nline-two', part: 'line' } })]);
    expect(redactor.text('line-one / line-two')).toBe('[redacted] / [redacted]');
  });

  it('passes everything through the caller’s own redaction as well', () => {
    const redactor = new Redactor([], (text) => text.replace(/tok-\w+/, '***'));
    expect(redactor.deep({ a: ['use tok-1'] })).toEqual({ a: ['use ***'] });
  });

  it('leaves values alone that are too short to be distinguished from ordinary words', () => {
    expect(new Redactor([secret({ stringData: { a: 'on' } })]).text('one')).toBe('one');
  });

  it('hands on no zero byte, which stores of JSON refuse, secrets or none', () => {
    expect(new Redactor([]).deep({ lines: ['a\0b'] })).toEqual({ lines: ['a\ufffdb'] });
  });
});
