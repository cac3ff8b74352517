import { describe, expect, it } from '@jest/globals';
import { objectId, objectKey, type KubeObject } from '@ushadow/kubernetes';
import { NO_CONTENT } from '../content/stack-content.ts';
import { knownService } from '../content/testing/known-service.ts';
import { serviceHealth } from './service-health.ts';

const metadata = { name: 'web', namespace: 'shop', uid: 'web-uid', generation: 1 };
const deployment = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
  spec: { replicas: 1 },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, unavailableReplicas: 1 },
} as KubeObject;

function crashing(controller?: { readonly kind: string; readonly name: string; readonly uid: string }): KubeObject {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off' };
  const ownerReferences = controller && [{ apiVersion: 'apps/v1', ...controller, controller: true }];
  return {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      ...{ name: 'pod', namespace: 'shop' },
      labels: { 'app.kubernetes.io/name': 'web', 'pod-template-hash': 'abc' },
      ...(ownerReferences === undefined ? {} : { ownerReferences }),
    },
    status: { containerStatuses: [{ name: 'web', state: { waiting } }] },
  } as unknown as KubeObject;
}

const healthWith = (pod: KubeObject) =>
  serviceHealth(
    'web',
    { ...NO_CONTENT, services: { web: knownService('web') }, objects: [{ object: deployment, services: ['web'] }] },
    {
      ...{ byKey: new Map([[objectKey(objectId(deployment)), deployment]]), pods: [pod] },
      ...{ claims: [], nodeAddresses: [], gateways: new Map() },
    },
  );

describe('how a service is', () => {
  it('is as bad as the pods that its workload has made', () => {
    const health = healthWith(crashing({ kind: 'ReplicaSet', name: 'web-abc', uid: 'x' }));
    expect(health).toMatchObject({ state: 'failed', message: 'CrashLoopBackOff: back-off' });
  });

  it('is not as bad as pods of others that have its labels', () => {
    expect(healthWith(crashing()).state).toBe('progressing');
    expect(healthWith(crashing({ kind: 'ReplicaSet', name: 'theirs-abc', uid: 'x' })).state).toBe('progressing');
    expect(healthWith(crashing({ kind: 'StatefulSet', name: 'web', uid: 'other' })).state).toBe('progressing');
  });
});
