import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { JsonValue } from '../json.ts';
import { canonicalJson } from './canonical-json.ts';
import { canonicalYaml, canonicalYamlStream } from './canonical-yaml.ts';

const deployment = {
  spec: { template: { spec: { containers: [{ ports: [], image: 'nginx', name: 'web' }] } } },
  metadata: { labels: { b: '2', a: '1' }, name: 'web' },
  kind: 'Deployment',
  apiVersion: 'apps/v1',
};

describe('canonical printing', () => {
  it('puts keys where people look for them, whatever order they came in', () => {
    expect(canonicalYaml(deployment)).toBe(
      [
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata:',
        '  name: web',
        '  labels:',
        '    a: "1"',
        '    b: "2"',
        'spec:',
        '  template:',
        '    spec:',
        '      containers:',
        '      - name: web',
        '        image: nginx',
        '        ports: []',
        '',
      ].join('\n'),
    );
  });

  it.each([
    'yes',
    'NO',
    'on',
    '1_000',
    '0777',
    '0b1',
    '1:30',
    '2026-01-01',
    '.inf',
    '~',
    'null',
    '1e3',
    '=',
    '<<',
    'y',
  ])('quotes %s, which YAML 1.1 readers would change', (text) => {
    expect(canonicalYaml({ value: text })).toBe(`value: "${text}"\n`);
    expect(parse(canonicalYaml({ value: text }), { version: '1.1' })).toEqual({ value: text });
  });

  it('writes no anchors for shared values', () => {
    const shared = { a: 1 };
    expect(canonicalYaml({ x: shared, y: shared })).not.toMatch(/[&*]/);
  });

  it('reads back as the same value under YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue()), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as JsonValue;
        expect(parse(canonicalYaml(json))).toEqual(json);
        expect(parse(canonicalYaml(json), { version: '1.1' })).toEqual(json);
      }),
    );
  });

  it('carries any text through, with line ends, indentation, quotes and hidden characters', () => {
    const unit = fc.constantFrom(...'\n \t\r:#-?"\'|>{}[],&*!%@`$a1é~=\u0085\u2028\ufeff\u007f\u00a0😀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const json = { [text]: [text, { inner: text }], top: text };
        expect(parse(canonicalYaml(json))).toEqual(json);
        expect(parse(canonicalYaml(json), { version: '1.1' })).toEqual(json);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives equal text for equal values', () => {
    expect(canonicalJson({ b: 1, a: { d: 1, c: 2 } })).toBe(canonicalJson({ a: { c: 2, d: 1 }, b: 1 }));
  });

  it('separates objects of a stream', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(canonicalYamlStream([object, object]).split('---\n')).toHaveLength(2);
  });
});
