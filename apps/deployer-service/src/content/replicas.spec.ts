import { describe, expect, it } from '@jest/globals';
import { valueAt, type KubeObject } from '@ushadow/kubernetes';
import { isAutoscaled, podMates, replicasOf, withPodMates, withReplicas } from './replicas.ts';

const web: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: {} };
const fixed: KubeObject = { ...web, metadata: { name: 'fixed' }, spec: { replicas: 2 } };
const scaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
};
const content = {
  objects: [
    { object: web, services: ['proxy', 'web'] },
    { object: scaler, services: ['web'] },
    { object: fixed, services: ['fixed'] },
  ],
};
const written = (replicas: number) =>
  valueAt(withReplicas(content, 'web', replicas).objects[0]?.object, ['spec', 'replicas']);

describe('the number of pods of a service', () => {
  it('is the autoscaler’s where there is one, but for none at all', () => {
    expect([isAutoscaled(content, 'web'), isAutoscaled(content, 'fixed')]).toEqual([true, false]);
    expect([written(0), written(3)]).toEqual([0, undefined]);
    expect(replicasOf(withReplicas(content, 'fixed', 3), 'fixed')).toBe(3);
  });

  it('is left to the autoscaler again when a stopped service starts', () => {
    const stopped = withReplicas(content, 'web', 0);
    expect(valueAt(withReplicas(stopped, 'web', 1).objects[0]?.object, ['spec'])).toEqual({});
  });

  it('is that of all services in one pod', () => {
    expect(podMates(content, 'proxy')).toEqual(['proxy', 'web']);
    expect(podMates(content, 'fixed')).toEqual(['fixed']);
    expect(podMates(content, 'none')).toEqual(['none']);
    expect(withPodMates(content, ['web', 'fixed'])).toEqual(['fixed', 'proxy', 'web']);
  });
});
