import { describe, expect, it } from '@jest/globals';
import type { RevisionData } from '@ushadow/contracts';
import { restorable } from './restorable.ts';

const revision = (number: number, status: RevisionData['status'], offered: boolean) =>
  ({ revision: number, status, offered }) as RevisionData;

describe('restorable', () => {
  it('are the revisions that are offered, in their order', () => {
    const revisions = [revision(4, 'succeeded', false), revision(3, 'succeeded', true), revision(1, 'succeeded', true)];
    expect(restorable(revisions).map((each) => each.revision)).toEqual([3, 1]);
  });

  it('are none while a deployment of the service is under way', () => {
    for (const status of ['queued', 'pending', 'deploying'] as const) {
      expect(restorable([revision(4, status, false), revision(3, 'succeeded', true)])).toEqual([]);
    }
  });
});
