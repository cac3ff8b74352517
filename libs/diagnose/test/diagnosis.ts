import type { KubeObject } from '@ushadow/kubernetes';
import type { Finding } from '../src/finding.ts';
import { diagnoseObject } from '../src/diagnose-object.ts';
import { ClusterView } from '../src/cluster-view.ts';

export const image = 'registry.example/app:1';
export type Fields = Record<string, unknown>;

const meta = (name: string, uid: string, owner?: string): Fields => ({
  name,
  namespace: 'n',
  uid,
  ...(owner === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'Job', name: 'j', uid: owner }] }),
});

export const workload = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: meta('j', 'job'),
  status: {},
} as unknown as KubeObject;

export const claim = (phase: string, conditions: Fields[] = []): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('data', 'claim'),
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'gold' },
    status: { phase, conditions },
  }) as unknown as KubeObject;

const probe = { httpGet: { path: '/health', port: 8080 } };
const container = {
  name: 'main',
  image,
  command: ['serve'],
  env: [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } }],
  envFrom: [{ secretRef: { name: 'keys' } }],
  resources: { requests: { cpu: '2', memory: '1Gi' }, limits: { memory: '64Mi' } },
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: { ...probe, initialDelaySeconds: 5, periodSeconds: 10, failureThreshold: 3 },
};

export const pod = (status: Fields, name = 'p'): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, name === 'p' ? 'pod' : `pod-${name}`, 'job'),
    spec: {
      nodeName: 'node-1',
      initContainers: [{ name: 'init', image }],
      containers: [container],
      volumes: [{ name: 'conf', secret: { secretName: 's' } }],
    },
    status,
  }) as unknown as KubeObject;

export const event = (uid: string, reason: string, message: string, index = 0): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `e${index}`, namespace: 'n' },
    involvedObject: { uid, fieldPath: 'spec.containers{main}' },
    reason,
    message,
    count: 1,
  }) as unknown as KubeObject;

export const waiting = (reason: string, message = '', more: Fields = {}): Fields => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'main', ready: false, restartCount: 0, state: { waiting: { reason, message } }, ...more },
  ],
});
export const restarted = (exitCode: number, reason: string, restartCount = 3, more: Fields = {}): Fields =>
  waiting('CrashLoopBackOff', 'back-off', { restartCount, lastState: { terminated: { exitCode, reason } }, ...more });
export const running = (more: Fields = {}): Fields => ({
  phase: 'Running',
  containerStatuses: [{ name: 'main', ready: false, restartCount: 0, state: { running: {} }, ...more }],
});
export const condition = (type: string, reason: string, message: string): Fields => ({
  phase: 'Pending',
  conditions: [{ type, status: 'False', reason, message }],
});

/** A state of the cluster, and what the kubelet or a controller says of it. */
export interface ObservedPod {
  readonly status?: Fields;
  readonly object?: KubeObject;
  readonly events?: readonly (readonly [uid: string, reason: string, message: string])[];
  readonly log?: readonly string[];
  readonly brought?: readonly KubeObject[];
  readonly writtenAt?: number;
  readonly others?: readonly KubeObject[];
}

/** What is found wrong, the closest cause first. */
export function find({ status, object = workload, events = [], ...rest }: ObservedPod): Finding[] {
  const view = new ClusterView();
  for (const seen of [object, ...(status === undefined ? [] : [pod(status)]), ...(rest.others ?? [])]) view.put(seen);
  events.forEach(([uid, reason, message], index) => view.put(event(uid, reason, message, index)));
  const context = {
    view,
    logs: { linesOf: () => rest.log },
    writtenAt: rest.writtenAt ?? 0,
    podSpecPath: 'spec.template.spec',
    brought: (kind: string, name: string) =>
      rest.brought?.find((each) => each.kind === kind && each.metadata.name === name),
  };
  return diagnoseObject(object, context).sort((a, b) => a.rank - b.rank);
}
