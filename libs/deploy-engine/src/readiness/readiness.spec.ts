import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { readinessOf } from './readiness-of.ts';

const object = (apiVersion: string, kind: string, fields: Record<string, unknown>, metadata: object = {}): KubeObject =>
  ({ apiVersion, kind, metadata: { name: 'x', generation: 2, ...metadata }, ...fields }) as KubeObject;
const apps = (kind: string, spec: object, status: object): KubeObject =>
  object('apps/v1', kind, { spec, status: { observedGeneration: 2, ...status } });
const condition = (type: string, status: string, reason = ''): object => ({
  conditions: [{ type, status, reason, message: 'm' }],
});
const address = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
const rolled = { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };

const GATEWAY_API = 'gateway.networking.k8s.io/v1';

/** Parents with what each says: accepted, resolved, about which generation. */
function route(...parents: readonly (readonly [name: string, accepted?: string, resolved?: string, of?: number])[]) {
  const named = parents.length === 0 ? [['edge'] as const] : parents;
  const said = parents.filter(([, accepted]) => accepted !== undefined);
  const spec = { parentRefs: named.map(([name]) => ({ name })) };
  const answers = said.map(([name, accepted, resolved, observedGeneration = 2]) => ({
    parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name },
    conditions: [
      { type: 'Accepted', status: accepted, observedGeneration },
      { type: 'ResolvedRefs', status: resolved, observedGeneration },
    ],
  }));
  return object(GATEWAY_API, 'HTTPRoute', { spec, status: { parents: answers } }, { generation: 2 });
}

function listenerSet(conditions: Readonly<Record<string, string>>) {
  const said = Object.entries(conditions).map(([type, status]) => ({ type, status }));
  return object(GATEWAY_API, 'ListenerSet', { status: { conditions: said } });
}

describe('readiness per kind (M12)', () => {
  it.each<[string, string, KubeObject]>([
    [
      'a Deployment whose change is not seen yet',
      'progressing',
      object('apps/v1', 'Deployment', { status: { observedGeneration: 1, ...rolled } }),
    ],
    ['a Deployment without any status', 'progressing', object('apps/v1', 'Deployment', { spec: { replicas: 0 } })],
    ['a rolled-out Deployment', 'ready', apps('Deployment', { replicas: 2 }, rolled)],
    ['a Deployment with old pods left', 'progressing', apps('Deployment', { replicas: 2 }, { ...rolled, replicas: 3 })],
    [
      'a Deployment with too few available',
      'progressing',
      apps('Deployment', { replicas: 2 }, { ...rolled, availableReplicas: 1 }),
    ],
    ['a Deployment scaled to nothing', 'ready', apps('Deployment', { replicas: 0 }, {})],
    ['a paused Deployment', 'failed', apps('Deployment', { paused: true }, {})],
    [
      'a Deployment past its deadline',
      'failed',
      apps('Deployment', {}, condition('Progressing', 'False', 'ProgressDeadlineExceeded')),
    ],
    [
      'a complete StatefulSet',
      'ready',
      apps('StatefulSet', { replicas: 2 }, { ...rolled, currentRevision: 'b', updateRevision: 'b' }),
    ],
    [
      'a StatefulSet on its way',
      'progressing',
      apps('StatefulSet', { replicas: 2 }, { ...rolled, currentRevision: 'a', updateRevision: 'b' }),
    ],
    [
      'a StatefulSet updated by hand',
      'ready',
      apps('StatefulSet', { replicas: 2, updateStrategy: { type: 'OnDelete' } }, { ...rolled, updatedReplicas: 0 }),
    ],
    [
      'a DaemonSet everywhere',
      'ready',
      apps('DaemonSet', {}, { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 }),
    ],
    [
      'a DaemonSet on its way',
      'progressing',
      apps('DaemonSet', {}, { desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2 }),
    ],
    ['a running Job', 'progressing', object('batch/v1', 'Job', { status: { active: 1 } })],
    ['a complete Job', 'ready', object('batch/v1', 'Job', { status: condition('Complete', 'True') })],
    [
      'a failed Job',
      'failed',
      object('batch/v1', 'Job', { status: condition('Failed', 'True', 'BackoffLimitExceeded') }),
    ],
    ['a ready Pod', 'ready', object('v1', 'Pod', { status: { phase: 'Running', ...condition('Ready', 'True') } })],
    ['a running Pod that is not ready', 'progressing', object('v1', 'Pod', { status: { phase: 'Running' } })],
    ['a failed Pod', 'failed', object('v1', 'Pod', { status: { phase: 'Failed' } })],
    ['a bound claim', 'ready', object('v1', 'PersistentVolumeClaim', { status: { phase: 'Bound' } })],
    ['a pending claim', 'progressing', object('v1', 'PersistentVolumeClaim', { status: { phase: 'Pending' } })],
    ['a lost claim', 'failed', object('v1', 'PersistentVolumeClaim', { status: { phase: 'Lost' } })],
    ['a Service inside the cluster', 'ready', object('v1', 'Service', { spec: { type: 'ClusterIP' } })],
    ['a LoadBalancer without an address', 'progressing', object('v1', 'Service', { spec: { type: 'LoadBalancer' } })],
    [
      'a LoadBalancer with an address',
      'ready',
      object('v1', 'Service', { spec: { type: 'LoadBalancer' }, status: address }),
    ],
    ['an Ingress without an address', 'progressing', object('networking.k8s.io/v1', 'Ingress', {})],
    ['an Ingress with an address', 'ready', object('networking.k8s.io/v1', 'Ingress', { status: address })],
    ['a route that nobody has answered for', 'progressing', route()],
    ['a route that its Gateway has accepted', 'ready', route(['edge', 'True', 'True'])],
    ['a route that one of two Gateways has accepted', 'progressing', route(['edge', 'True', 'True'], ['inner'])],
    ['a route that its Gateway refuses', 'progressing', route(['edge', 'False', 'True'])],
    ['a route that leads to nothing', 'progressing', route(['edge', 'True', 'False'])],
    ['a route that was accepted as it was before', 'progressing', route(['edge', 'True', 'True', 1])],
    ['a ListenerSet without an answer', 'progressing', listenerSet({})],
    ['a ListenerSet that is accepted alone', 'progressing', listenerSet({ Accepted: 'True', Programmed: 'False' })],
    ['a ListenerSet that is programmed', 'ready', listenerSet({ Accepted: 'True', Programmed: 'True' })],
    ['a ReplicaSet', 'ready', apps('ReplicaSet', { replicas: 2 }, rolled)],
    ['a ReplicaSet on its way', 'progressing', apps('ReplicaSet', { replicas: 3 }, rolled)],
    ['a suspended Job', 'ready', object('batch/v1', 'Job', { spec: { suspend: true } })],
    ['an ended Pod', 'ready', object('v1', 'Pod', { status: { phase: 'Succeeded' } })],
    ['a namespace that goes away', 'failed', object('v1', 'Namespace', { status: { phase: 'Terminating' } })],
    [
      'a definition whose names are taken',
      'failed',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: condition('NamesAccepted', 'False') }),
    ],
    ['an autoscaler', 'ready', object('autoscaling/v2', 'HorizontalPodAutoscaler', {})],
    [
      'an API service that is not available',
      'progressing',
      object('apiregistration.k8s.io/v1', 'APIService', { status: condition('Available', 'False') }),
    ],
    [
      'a custom object being reconciled',
      'progressing',
      object('example.org/v1', 'Thing', { status: condition('Reconciling', 'True') }),
    ],
    [
      'a custom object that is not ready',
      'progressing',
      object('example.org/v1', 'Thing', { status: condition('Ready', 'False') }),
    ],
    [
      'an established definition',
      'ready',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: condition('Established', 'True') }),
    ],
    ['a new definition', 'progressing', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: {} })],
    ['a ConfigMap', 'ready', object('v1', 'ConfigMap', {})],
    ['a stalled custom object', 'failed', object('example.org/v1', 'Thing', { status: condition('Stalled', 'True') })],
    ['an object being deleted', 'deleting', object('v1', 'ConfigMap', {}, { deletionTimestamp: 'now' })],
  ])('%s is %s', (_, state, subject) => expect(readinessOf(subject).state).toBe(state));
});
