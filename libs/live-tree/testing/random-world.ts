import fc from 'fast-check';
import type { KubeObject } from '@ushadow/kubernetes';
import { CRASHING, event, kube, pod, readyPod, STACK } from './objects.ts';

export type Change = { readonly type: 'put' | 'gone'; readonly object: KubeObject };

/** Few names, so that objects meet, take each other’s places and come back; owners that may never be told of. */
const name = fc.constantFrom('web', 'db', 'x');
const uid = fc.constantFrom('u1', 'u2');
const stack = fc.constantFrom(STACK, STACK, 'stack-2', undefined);
const replicas = fc.nat(2);
const status = fc.constantFrom('ready', 'crashing', 'ending');

const marked = (of: string | undefined) => (of === undefined ? {} : { stack: of });

const workload = fc
  .record({ kind: fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'), name, uid, stack, replicas })
  .map((each) =>
    kube(each.kind, each.name, {
      uid: `${each.kind}-${each.name}-${each.uid}`,
      ...marked(each.stack),
      spec: { replicas: each.replicas, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
      status: { observedGeneration: 1, readyReplicas: each.replicas },
    }),
  );

const made = fc
  .record({ kind: fc.constantFrom('ReplicaSet', 'Job'), name, uid, owner: name, ownerUid: uid, replicas, stack })
  .map((each) =>
    kube(each.kind, `${each.owner}-${each.name}`, {
      uid: `${each.kind}-${each.owner}-${each.name}-${each.uid}`,
      // Controllers copy marks onto what they make.
      ...marked(each.stack),
      ...(each.kind === 'Job' && each.replicas === 0
        ? {}
        : { controller: `${each.kind === 'Job' ? 'CronJob' : 'Deployment'}-${each.owner}-${each.ownerUid}` }),
      spec: { replicas: each.replicas },
      status: {
        observedGeneration: 1,
        replicas: each.replicas,
        ...(each.replicas === 2
          ? { conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'quota' }] }
          : {}),
      },
    }),
  );

const podOf = fc
  .record({
    name,
    owner: name,
    ownerUid: uid,
    by: fc.constantFrom('ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'),
    status,
    uid,
  })
  .map((each) => {
    const controller =
      each.by === 'ReplicaSet' || each.by === 'Job'
        ? `${each.by}-${each.owner}-${each.owner}-${each.ownerUid}`
        : `${each.by}-${each.owner}-${each.ownerUid}`;
    const parts = { uid: `Pod-${each.name}-${each.uid}` };
    const named = `${each.owner}-${each.name}`;
    if (each.status === 'ready') return { ...readyPod(named, controller), ...{} };
    const metadata = each.status === 'ending' ? { metadata: { deletionTimestamp: '2026-01-01T00:02:00Z' } } : {};
    return pod(named, controller, CRASHING, { ...parts, ...metadata });
  });

const others = fc.oneof(
  fc.record({ name, stack, uid }).map((each) =>
    kube('Service', each.name, {
      uid: `Service-${each.uid}`,
      ...marked(each.stack),
      spec: { ports: [{ port: 80 }] },
    }),
  ),
  fc.record({ name, of: name, ready: fc.boolean(), family: fc.constantFrom('IPv4', 'IPv6') }).map((each) =>
    kube('EndpointSlice', `${each.of}-${each.name}`, {
      metadata: { labels: { 'kubernetes.io/service-name': each.of } },
      addressType: each.family,
      endpoints: [{ conditions: { ready: each.ready } }, {}],
    }),
  ),
  fc.record({ name, ordinal: fc.nat(1), stack }).map((each) =>
    kube('PersistentVolumeClaim', `data-${each.name}-${each.ordinal}`, {
      ...marked(each.stack),
      status: { phase: 'Pending' },
    }),
  ),
  fc
    .record({ name, stack })
    .map((each) => kube('Ingress', each.name, { ...marked(each.stack), spec: { rules: [{ host: 'a.example' }] } })),
  fc.record({ about: fc.oneof(workload, made, podOf), at: fc.nat(9), name }).map((each) =>
    event(`${each.name}-${each.at}`, each.about, {
      type: 'Warning',
      reason: 'FailedMount',
      message: `no volume ${each.at}`,
      lastTimestamp: `2026-01-01T00:00:0${each.at}Z`,
    }),
  ),
);

export const objects = fc.oneof(workload, made, made, podOf, podOf, podOf, others);

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({ type: fc.constantFrom('put', 'put', 'put', 'gone'), object: objects }) as fc.Arbitrary<Change>,
  { maxLength: 80 },
);

const wants = (service: string, objects: readonly string[], isOneShot = false) => ({
  service,
  objects,
  expected: objects,
  isOneShot,
});

export const OUTLINES = [
  {
    stackId: STACK,
    namespace: 'shop',
    services: [
      wants('web', ['Deployment/shop/web', 'Service/shop/web', 'Ingress/shop/web']),
      wants('db', ['StatefulSet/shop/db', 'Service/shop/db', 'Deployment/shop/x']),
      wants('job', ['Job/shop/web-x', 'Deployment/shop/x'], true),
    ],
  },
  {
    stackId: STACK,
    namespace: 'shop',
    services: [wants('web', ['Deployment/shop/web', 'DaemonSet/shop/db'])],
  },
] as const;
