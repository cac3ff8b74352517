import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { OWNER_ANNOTATION, ownerText } from '@ushadow/kubernetes';

export const STACK = 'stack-1';
export const NAMESPACE = 'shop';

export interface Parts {
  readonly uid?: string;
  readonly stack?: string;
  /** Uid of its controller. */
  readonly controller?: string;
  readonly spec?: JsonValue;
  readonly status?: JsonValue;
  readonly metadata?: Readonly<Record<string, JsonValue>>;
  readonly [field: string]: JsonValue | undefined;
}

const VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
};

export function kube(kind: string, name: string, parts: Parts = {}): KubeObject {
  const { uid = `${kind}-${name}`, stack, controller, metadata, ...rest } = parts;
  const owner = { installation: 'i', project: 'shop', namespace: NAMESPACE };
  return {
    apiVersion: VERSIONS[kind] ?? 'v1',
    kind,
    metadata: {
      name,
      namespace: NAMESPACE,
      uid,
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(stack === undefined ? {} : { annotations: { [OWNER_ANNOTATION]: ownerText({ ...owner, stack }) } }),
      ...(controller === undefined
        ? {}
        : { ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: controller, controller: true }] }),
      ...metadata,
    },
    ...rest,
  } as KubeObject;
}

export function deployment(name: string, replicas: number, available: number, parts: Parts = {}): KubeObject {
  return kube('Deployment', name, {
    stack: STACK,
    spec: { replicas, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      availableReplicas: available,
      readyReplicas: available,
    },
    ...parts,
  });
}

export function replicaSet(name: string, controller: string, replicas: number, parts: Parts = {}): KubeObject {
  return kube('ReplicaSet', name, {
    controller,
    spec: { replicas },
    status: { observedGeneration: 1, replicas, availableReplicas: replicas, readyReplicas: replicas },
    metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } },
    ...parts,
  });
}

const RUNNING = {
  name: 'web',
  ready: true,
  started: true,
  restartCount: 0,
  imageID: `docker.io/library/web@sha256:${'a'.repeat(64)}`,
  state: { running: { startedAt: '2026-01-01T00:00:10Z' } },
};

export function readyPod(name: string, controller: string): KubeObject {
  return pod(name, controller, RUNNING);
}

/** With one container of this status. */
export function pod(
  name: string,
  controller: string,
  status: Readonly<Record<string, JsonValue>>,
  parts: Parts = {},
): KubeObject {
  const ready = status['ready'] === true;
  return kube('Pod', name, {
    controller,
    spec: {
      nodeName: 'node1',
      containers: [{ name: 'web', image: 'web:1', readinessProbe: { httpGet: { port: 80 } } }],
    },
    status: {
      phase: 'Running',
      podIP: '10.0.0.1',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [status],
    },
    ...parts,
  });
}

export const CRASHING = {
  name: 'web',
  ready: false,
  started: false,
  restartCount: 7,
  imageID: '',
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
  lastState: {
    terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-01-01T00:01:00Z', message: 'out of memory\n' },
  },
} as const;

export function event(name: string, about: KubeObject, parts: Parts): KubeObject {
  const { kind, metadata } = about;
  const involvedObject = { kind, namespace: NAMESPACE, name: metadata.name, uid: metadata.uid ?? '' };
  return kube('Event', name, { involvedObject, ...parts });
}
