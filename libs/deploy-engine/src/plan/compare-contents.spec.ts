import { describe, expect, it } from '@jest/globals';
import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { compareContents } from './compare-contents.ts';

const object = (kind: string, name: string, rest: Readonly<Record<string, JsonValue>> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});
const secret = (value: string): KubeObject =>
  object('Secret', 'web-secrets', { data: { TOKEN: Buffer.from(value).toString('base64') } });
const config = (data: Readonly<Record<string, JsonValue>>): KubeObject => object('ConfigMap', 'web-config', { data });

describe('two contents', () => {
  it('that are equal differ in nothing, whatever the order of their objects and keys', () => {
    const [one, two] = [config({ a: '1', b: '2' }), object('Service', 'web', { spec: { ports: [{ port: 80 }] } })];
    expect(compareContents([one, two], [two, config({ b: '2', a: '1' })])).toEqual([]);
  });

  it('tell what only one of them has, and field by field what is not the same', () => {
    const found = compareContents(
      [config({ a: '1' }), object('Service', 'old')],
      [config({ a: '2' }), object('Service', 'new')],
    );
    expect(found.map(({ object: { kind, name }, change }) => [kind, name, change])).toEqual(
      expect.arrayContaining([
        ['ConfigMap', 'web-config', 'changed'],
        ['Service', 'new', 'added'],
        ['Service', 'old', 'removed'],
      ]),
    );
    expect(found.find(({ change }) => change === 'changed')?.changes).toEqual([
      { path: 'data.a', change: 'changed', before: '"1"', after: '"2"' },
    ]);
  });

  it('say of a value of a Secret only that it is not the same', () => {
    const found = compareContents([secret('first-canary')], [secret('second-canary')]);
    expect(found[0]?.changes).toEqual([{ path: 'data.TOKEN', change: 'changed' }]);
  });

  it('show no secret that stands elsewhere, nor the start of one where a long value is cut', () => {
    const long = (value: string): KubeObject => config({ text: `${'x'.repeat(395)}${value}` });
    const found = compareContents(
      [secret('first-canary'), long('first-canary')],
      [secret('second-canary'), long('second-canary')],
    );
    expect(JSON.stringify(found)).not.toMatch(/firs|seco/);
    expect(found.map(({ change }) => change)).toEqual(['changed', 'changed']);
  });
});
