import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { jsonPatch, type JsonPatchOperation } from './json-patch.ts';

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { a: 'b' } } } as KubeObject;

describe('a JSON patch', () => {
  it('copies what is there, but no copies of copies without end', () => {
    const copies = (count: number): readonly JsonPatchOperation[] =>
      Array.from({ length: count }, (_, index) => ({ op: 'copy', from: '/metadata', path: `/metadata/c${index}` }));
    expect(jsonPatch(object, copies(3))).toMatchObject({ ok: true, object: { metadata: { c2: { c1: { c0: {} } } } } });
    expect(jsonPatch(object, copies(40))).toMatchObject({ ok: false, message: 'it copies more than 10000 values' });
  });

  it('has no more operations than anybody writes', () => {
    const test: JsonPatchOperation = { op: 'test', path: '/kind', value: 'ConfigMap' };
    expect(jsonPatch(object, Array<JsonPatchOperation>(1_000).fill(test))).toMatchObject({ ok: true });
    expect(jsonPatch(object, Array<JsonPatchOperation>(1_001).fill(test))).toMatchObject({ ok: false });
  });
});
