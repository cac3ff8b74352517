import { describe, expect, it } from '@jest/globals';
import type { DriftedObjectData } from '@ushadow/contracts';
import { changeOf, withUnseen } from './drift.ts';
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

describe('drift of what cannot be seen any more', () => {
  const one = object('Deployment/shop/web', 'spec.replicas');
  const two = object('Deployment/shop/api', 'spec.replicas');
  const before = { revision: 3, ...found(one, two) };
  const now = { revision: 3, checked: 0, count: 0, objects: [], unseen: ['Deployment.apps'] };

  it('is not over: neither where its kind may not be listed, nor where a write to it cannot be tried out', () => {
    expect(withUnseen(before, now)).toMatchObject({ count: 2, objects: [one, two] });
    expect(withUnseen(before, { ...now, unseen: ['Deployment/web'] })).toMatchObject({ count: 1, objects: [one] });
    expect(changeOf(before, withUnseen(before, now))).toBe('same');
  });

  it('is over with a deployment, and where what is not seen is something else', () => {
    expect(withUnseen(before, { ...now, revision: 4 })).toMatchObject({ count: 0 });
    expect(withUnseen(before, { ...now, unseen: ['Service'] })).toMatchObject({ count: 0 });
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

  it('is not known where nothing was found and not everything was seen', () => {
    expect(toSummary({ ...stored, ...found(), unseen: ['Secret'], since: null }, 3)).toMatchObject({
      state: 'unknown',
    });
  });

  it('is none after a deployment of what had none', () => {
    expect(toSummary({ ...stored, ...found(), since: null }, 4)).toMatchObject({ state: 'none' });
  });
});
