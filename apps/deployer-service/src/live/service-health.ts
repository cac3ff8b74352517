import { readinessOf } from '@ushadow/deploy-engine';
import type { StackServiceData } from '@ushadow/contracts';
import { objectId, objectKey, textAt, valueAt, type JsonValue, type KubeObject } from '@ushadow/kubernetes';
import type { StackContent } from '../content/stack-content.ts';
import type { LiveObjects } from './live-objects.ts';

export interface ServiceHealth {
  readonly state: StackServiceData['health']['state'];
  readonly message: string | null;
  readonly ready: number | null;
  readonly wanted: number | null;
}

const HASH = 'pod-template-hash';
const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** How a service is by what is live of it: what is not there is never said to run. */
export function serviceHealth(service: string, content: StackContent, live: LiveObjects): ServiceHealth {
  const workload = content.objects.find(
    ({ object, services }) => WORKLOADS.has(object.kind) && services.includes(service),
  );
  if (workload === undefined) return { state: 'unknown', message: 'nothing of it runs', ready: null, wanted: null };
  const { object: wantedObject } = workload;
  const object = live.byKey.get(objectKey(objectId(wantedObject)));
  if (object === undefined) return absent(wantedObject, content.services[service]?.isOneShot === true);
  const counts = countsOf(object);
  if (counts.wanted === 0) return { state: 'stopped', message: null, ...counts };
  const readiness = readinessOf(object);
  const isEnded = object.kind === 'Job' && readiness.complete === true;
  if (isEnded) return { state: 'completed', message: null, ...counts };
  if (readiness.state === 'ready') return { state: 'ready', message: null, ...counts };
  const trouble = troubleOf(live.pods.filter((pod) => isMadeBy(object, pod)));
  if (readiness.state === 'failed' || trouble !== undefined)
    return { state: 'failed', message: trouble ?? readiness.message, ...counts };
  return { state: 'progressing', message: readiness.message, ...counts };
}

function absent({ kind, metadata: { name } }: KubeObject, isOneShot: boolean): ServiceHealth {
  const none = { ready: null, wanted: null };
  // A Job that has run may be removed by its own time limit.
  if (isOneShot) return { state: 'completed', message: `${kind} ${name} has run and is gone`, ...none };
  return { state: 'absent', message: `${kind} ${name} is not there: somebody has deleted it`, ...none };
}

function countsOf(object: KubeObject): Pick<ServiceHealth, 'ready' | 'wanted'> {
  const number = (path: readonly string[]): number | undefined => {
    const value = valueAt(object as unknown as JsonValue, path);
    return typeof value === 'number' ? value : undefined;
  };
  if (object.kind === 'DaemonSet')
    return { ready: number(['status', 'numberReady']) ?? 0, wanted: number(['status', 'desiredNumberScheduled']) ?? 0 };
  if (object.kind === 'Job' || object.kind === 'CronJob') return { ready: null, wanted: null };
  return { ready: number(['status', 'readyReplicas']) ?? 0, wanted: number(['spec', 'replicas']) ?? 1 };
}

/** What a container waits for although nothing will come. */
const STUCK =
  /^(CrashLoopBackOff|ErrImagePull|ImagePullBackOff|InvalidImageName|CreateContainer\w*Error|RunContainerError)$/;

/** Labels say nothing of whose a pod is. ReplicaSets and Jobs in between are called after who has made them. */
function isMadeBy({ kind, metadata: { name, uid } }: KubeObject, pod: KubeObject): boolean {
  const controller = pod.metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (controller === undefined) return false;
  if (kind === 'Deployment')
    return (
      controller.kind === 'ReplicaSet' && controller.name === `${name}-${textAt(pod, ['metadata', 'labels', HASH])}`
    );
  if (kind === 'CronJob') return controller.kind === 'Job' && /^\d+$/.test(controller.name.slice(name.length + 1));
  return controller.uid === uid;
}

function troubleOf(pods: readonly KubeObject[]): string | undefined {
  for (const pod of pods) {
    const status = (pod['status'] ?? {}) as Partial<Record<string, readonly ContainerStatus[]>>;
    for (const container of [...(status['initContainerStatuses'] ?? []), ...(status['containerStatuses'] ?? [])]) {
      const { reason = '', message } = container.state?.waiting ?? {};
      if (STUCK.test(reason)) return `${reason}: ${message ?? `container ${container.name ?? ''}`}`;
    }
  }
  return undefined;
}

interface ContainerStatus {
  readonly name?: string;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
}
