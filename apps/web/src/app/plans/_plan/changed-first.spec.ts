import { describe, expect, it } from '@jest/globals';
import { changedFirst, type PlannedAction } from './changed-first.ts';
import { planned } from './testing/planned.ts';

const object = (action: PlannedAction, name: string) => planned(`ConfigMap/shop/${name}`, action);

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
