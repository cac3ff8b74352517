import { describe, expect, it } from '@jest/globals';
import { changedFirst, countsText, type PlannedAction } from './planned-changes.ts';
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

describe('countsText', () => {
  it('names what there is, and leaves out what is none', () => {
    expect(countsText({ create: 1, update: 2, recreate: 0, delete: 0, unchanged: 3 })).toBe(
      '1 to create, 2 to update, 3 unchanged',
    );
    expect(countsText({ create: 0, update: 0, recreate: 1, delete: 1, unchanged: 0 })).toBe(
      '1 to recreate, 1 to delete',
    );
  });
});
