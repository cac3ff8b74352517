import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { compareObjects } from './compare.ts';

const object = (kind: string, rest: Record<string, unknown>, metadata: Record<string, unknown> = {}): KubeObject =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'x', ...metadata }, ...rest }) as KubeObject;

describe('differences between live and wanted', () => {
  it('are named by path, list items by name', () => {
    const before = object('Pod', {
      spec: {
        containers: [
          { name: 'a', image: '1' },
          { name: 'b', image: '1' },
        ],
      },
    });
    const after = object('Pod', {
      spec: {
        containers: [
          { name: 'b', image: '2' },
          { name: 'a', image: '1' },
        ],
      },
    });
    expect(compareObjects(before, after).changes).toEqual([
      { path: 'spec.containers[name=b].image', change: 'changed', before: '"1"', after: '"2"' },
    ]);
  });

  it('leave out what the server keeps by itself', () => {
    const before = object(
      'Pod',
      { status: { phase: 'Running' } },
      { resourceVersion: '1', managedFields: [], generation: 1 },
    );
    const after = object('Pod', {}, { resourceVersion: '2', uid: 'u' });
    expect(compareObjects(before, after).changes).toEqual([]);
  });

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ data: { k: 'YQ==' } }, { data: { k: 'Yg==' } }],
    [{}, { data: { k: 'Yg==' } }],
    [{ data: { k: 'YQ==' } }, {}],
    [{ data: null }, { data: { k: 'YQ==' } }],
  ])('never show a value of a Secret', (before, after) => {
    const { changes } = compareObjects(object('Secret', before), object('Secret', after));
    expect(changes).toHaveLength(1);
    expect(JSON.stringify(changes)).not.toMatch(/Y[Qg]==/);
  });

  it('never show kubectl’s copy of a whole object', () => {
    const annotation = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":"hush"}' };
    for (const [before, after] of [
      [{}, { annotations: annotation }],
      [{ annotations: annotation }, { annotations: { other: '1' } }],
    ]) {
      const { changes } = compareObjects(object('Secret', {}, before), object('Secret', {}, after));
      expect(JSON.stringify(changes)).not.toContain('hush');
    }
  });

  it('of secret values still make different digests', () => {
    const exact = (value: string): unknown =>
      compareObjects(object('Secret', { data: { k: 'x' } }), object('Secret', { data: { k: value } })).exact;
    expect(exact('a')).not.toEqual(exact('b'));
  });
});
