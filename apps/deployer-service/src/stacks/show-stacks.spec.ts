import { describe, expect, it } from '@jest/globals';
import type { Deployment } from '../deployments/deployment.ts';
import { isNobodys } from './show-stacks.ts';

const newest = (status: Deployment['status']): Deployment => ({ status }) as Deployment;
const removed = { seen: undefined, at: null, stale: true, isRemoved: true };

describe('a stack of a cluster that was removed', () => {
  it('is off the list once nothing is under way in it', () => {
    for (const status of ['succeeded', 'failed', 'unknown', 'cancelled', 'superseded'] as const)
      expect([status, isNobodys({ observed: removed, newest: newest(status) })]).toEqual([status, true]);
    expect(isNobodys({ observed: removed, newest: undefined })).toBe(true);
  });

  it('stays while its deployment is under way', () => {
    for (const status of ['queued', 'pending', 'deploying'] as const)
      expect([status, isNobodys({ observed: removed, newest: newest(status) })]).toEqual([status, false]);
  });
});

describe('a stack of a cluster that only does not answer', () => {
  it('stays on the list', () => {
    const observed = { seen: undefined, at: null, stale: true };
    expect(isNobodys({ observed, newest: newest('failed') })).toBe(false);
  });
});
