import { describe, expect, it } from '@jest/globals';
import { isDnsSubdomain, isLabelKey, isLabelValue, isPortName } from './validators.ts';

describe('names as the API server accepts them', () => {
  it.each([
    ['http', true],
    ['http-8080', true],
    ['8080', false],
    ['a--b', false],
    ['-a', false],
    ['UPPER', false],
    ['a'.repeat(16), false],
    ['', false],
  ])('port name %j: %s', (text, valid) => expect(isPortName(text)).toBe(valid));

  it.each([
    ['', true],
    ['v1.2_3-x', true],
    ['-x', false],
    ['x '.trimEnd() + '.', false],
    ['a'.repeat(64), false],
  ])('label value %j: %s', (text, valid) => expect(isLabelValue(text)).toBe(valid));

  it.each([
    ['app', true],
    ['app.kubernetes.io/name', true],
    ['/name', false],
    ['a/b/c', false],
    ['a/', false],
    ['Bad_Prefix/name', false],
  ])('label key %j: %s', (text, valid) => expect(isLabelKey(text)).toBe(valid));

  it.each([
    ['shop.example.org', true],
    ['shop..org', false],
    ['*.example.org', false],
    [`${'a'.repeat(252)}.b`, false],
  ])('subdomain %j: %s', (text, valid) => expect(isDnsSubdomain(text)).toBe(valid));
});
