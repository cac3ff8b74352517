import { describe, expect, it } from '@jest/globals';
import type { DriftedObjectData } from '@ushadow/contracts';
import { changeOf } from './drift.ts';
import { toSummary } from './drift.mapper.ts';

const object = (name: string, ...paths: readonly string[]): DriftedObjectData => ({
  ...{ object: name, services: ['web'], state: 'changed', reason: null },
  fields: paths.map((path) => ({ path, change: 'changed', wanted: null, live: null, manager: null, since: null })),
});
const found = (...objects: readonly DriftedObjectData[]) => ({ count: objects.length, objects });

describe('news of drift', () => {
  it('is that there is some, or more, or something else; and that it is over', () => {
    expect(changeOf(undefined, found())).toBe('same');
    expect(changeOf(undefined, found(object('a', 'x')))).toBe('drifted');
    expect(changeOf(found(object('a', 'x')), found(object('a', 'x'), object('b')))).toBe('drifted');
    expect(changeOf(found(object('a', 'x')), found(object('a', 'y')))).toBe('drifted');
    expect(changeOf(found(object('a', 'x')), found())).toBe('resolved');
  });

  it('is nothing that is known already, in whatever order it was found', () => {
    expect(changeOf(found(object('a'), object('b')), found(object('b'), object('a')))).toBe('same');
  });
});

describe('what is shown of drift', () => {
  const stored = {
    ...{ stackId: 's', revision: 3, checked: 5, unseen: [], checkedAt: new Date(0), since: new Date(0) },
    ...found(object('a', 'x')),
  };

  it('is not known of a content that was not looked at since there was some', () => {
    expect(toSummary(stored, 3)).toMatchObject({ state: 'drifted', count: 1 });
    expect(toSummary(stored, 4)).toMatchObject({ state: 'unknown', count: 0 });
    expect(toSummary(undefined, 4)).toMatchObject({ state: 'unknown', checked_at: null });
  });

  it('is none after a deployment of what had none', () => {
    expect(toSummary({ ...stored, ...found(), since: null }, 4)).toMatchObject({ state: 'none' });
  });
});
