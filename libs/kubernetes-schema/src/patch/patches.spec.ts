import { describe, expect, it } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import fc from 'fast-check';
import { patchCases } from '../../test/patch-cases.ts';
import { jsonPatch } from './json-patch.ts';
import type { JsonPatchOperation } from './json-patch.ts';
import { strategicMerge } from './strategic-merge.ts';

const object: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', labels: { x: '1' } },
  data: { a: '1', 'b/c': '2' },
  list: [1, 2, 3],
};

describe('strategic merge patches (as kubectl applies them)', () => {
  it.each(patchCases.filter((c) => c.type === 'strategic').map((c) => [c.name, c] as const))(
    '%s',
    (_, { object: given, patch, expected }) => {
      expect(strategicMerge(given, patch as JsonObject, '1.37')).toEqual({ ok: true, object: expected });
    },
  );

  it('leaves the object given as it was', () => {
    const before = structuredClone(object);
    strategicMerge(object, { data: { a: null, d: '3' }, metadata: { $patch: 'replace' } }, '1.37');
    expect(object).toEqual(before);
  });

  it.each<readonly [string, JsonObject, string]>([
    ['a directive nobody knows', { data: { '$setElementOrder/x': [] } }, '/data/$setElementOrder~1x'],
    ['an unknown $patch', { data: { $patch: 'add' } }, '/data/$patch'],
    ['a list entry without its key', { metadata: { ownerReferences: [{ name: 'x' }] } }, '/metadata/ownerReferences/0'],
    ['a text among list entries', { metadata: { ownerReferences: ['x'] } }, '/metadata/ownerReferences/0'],
  ])('refuses %s and says where', (_, patch, pointer) => {
    expect(strategicMerge(object, patch, '1.37')).toMatchObject({ ok: false, pointer });
  });

  it('changes nothing when the patch is what is there', () => {
    const same = fc
      .dictionary(fc.string(), fc.string())
      .filter((data) => !Object.keys(data).some((key) => key.startsWith('$') || key === '__proto__'));
    fc.assert(
      fc.property(same, (data) => {
        const own = { ...object, data };
        expect(strategicMerge(own, { data }, '1.37')).toEqual({ ok: true, object: own });
      }),
    );
  });
});

describe('JSON patches (RFC 6902)', () => {
  it.each(patchCases.filter((c) => c.type === 'json').map((c) => [c.name, c] as const))(
    '%s',
    (_, { object: given, patch, expected }) => {
      expect(jsonPatch(given, patch as unknown as JsonPatchOperation[])).toEqual({ ok: true, object: expected });
    },
  );

  it.each<readonly [string, object[], string]>([
    ['a value that is not there', [{ op: 'remove', path: '/data/z' }], '/0'],
    ['a parent that is not there', [{ op: 'add', path: '/spec/a', value: 1 }], '/0'],
    ['an entry beyond the end', [{ op: 'add', path: '/list/4', value: 1 }], '/0'],
    ['an index with a leading zero', [{ op: 'replace', path: '/list/01', value: 1 }], '/0'],
    [
      'a failed test, and applies nothing before it',
      [
        { op: 'add', path: '/data/d', value: '4' },
        { op: 'test', path: '/data/a', value: 1 },
      ],
      '/1',
    ],
    ['a move into itself', [{ op: 'move', from: '/data', path: '/data/a' }], '/0'],
    ['an operation nobody knows', [{ op: 'merge', path: '' }], '/0'],
    ['a path without its slash', [{ op: 'remove', path: 'data' }], '/0'],
    ['an addition without a value', [{ op: 'add', path: '/data/d' }], '/0'],
    ['the removal of everything', [{ op: 'remove', path: '' }], '/0'],
  ])('refuses %s', (_, operations, pointer) => {
    expect(jsonPatch(object, operations as JsonPatchOperation[])).toMatchObject({ ok: false, pointer });
  });
});
