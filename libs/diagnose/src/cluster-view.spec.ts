import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { ClusterView } from './cluster-view.ts';

const job = (uid: string, resourceVersion: string): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', namespace: 'shop', uid, resourceVersion },
});

describe('ClusterView', () => {
  it('what a watch tells late of an object leaves the one that was made in its place', () => {
    const view = new ClusterView();
    const made = job('second', '30');
    view.put(job('first', '10'));
    view.put(made);
    view.put(job('first', '20'));
    view.remove(job('first', '25'));
    expect(view.get(objectId(made))).toBe(made);
  });

  it('of one object the newest is kept, and what is gone does not come back', () => {
    const view = new ClusterView();
    const newest = job('first', '20');
    view.put(newest);
    view.put(job('first', '10'));
    expect(view.get(objectId(newest))).toBe(newest);
    view.remove(job('first', '25'));
    view.put(newest);
    expect(view.get(objectId(newest))).toBeUndefined();
  });

  it('what was made anew takes the place of its predecessor', () => {
    const view = new ClusterView();
    view.put(job('first', '10'));
    const successor = job('second', '30');
    view.put(successor);
    expect(view.get(objectId(successor))).toBe(successor);
  });
});
