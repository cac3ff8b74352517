import { describe, expect, it } from '@jest/globals';
import { changedFirst, type PlannedAction, type PlannedObject } from './changed-first.ts';

function object(action: PlannedAction, name: string): PlannedObject {
  const nothing = { changes: [], conflicts: [], warnings: [], verified: true, unverified_reason: null };
  return { ...nothing, object: `ConfigMap/shop/${name}`, action };
}

describe('changedFirst', () => {
  it('puts deletions before what is recreated, updated and created, and sets apart what stays', () => {
    const objects = [
      object('create', 'a'),
      object('unchanged', 'b'),
      object('update', 'c'),
      object('create', 'd'),
      object('delete', 'e'),
      object('recreate', 'f'),
    ];
    const { changed, unchanged } = changedFirst(objects);
    expect(changed.map(({ object: name }) => name.at(-1))).toEqual(['e', 'f', 'c', 'a', 'd']);
    expect(unchanged).toEqual([objects[1]]);
  });
});
