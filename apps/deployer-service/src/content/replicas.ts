import { isJsonObject, valueAt, type KubeObject } from '@ushadow/kubernetes';
import type { StackObjects, WantedObject } from './stack-content.ts';

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);
const SCALABLE: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);

/** Its pods run services. */
export function isWorkloadKind(kind: string): boolean {
  return WORKLOADS.has(kind);
}

/** How many pods a service is to have; undefined where nothing of it has such a number. */
export function replicasOf({ objects }: Pick<StackObjects, 'objects'>, service: string): number | undefined {
  const workload = objects.find((wanted) => isWorkloadOf(wanted, service));
  if (workload === undefined) return undefined;
  const replicas = valueAt(workload.object, ['spec', 'replicas']);
  // Left out where an autoscaler decides; Kubernetes’ own default else.
  return typeof replicas === 'number' ? replicas : 1;
}

/** The services that run in the pods of this one, itself included. */
export function podMates({ objects }: Pick<StackObjects, 'objects'>, service: string): readonly string[] {
  const workload = objects.find(({ object, services }) => WORKLOADS.has(object.kind) && services.includes(service));
  return workload?.services ?? [service];
}

/** The services, and those that run in their pods: what is in one pod is changed together or not at all. */
export function withPodMates(content: Pick<StackObjects, 'objects'>, services: readonly string[]): string[] {
  return [...new Set(services.flatMap((service) => podMates(content, service)))].sort();
}

/** An autoscaler decides how many pods the service has. */
export function isAutoscaled({ objects }: Pick<StackObjects, 'objects'>, service: string): boolean {
  const workload = objects.find((wanted) => isWorkloadOf(wanted, service))?.object;
  return objects.some(({ object }) => {
    const isOf = (key: string) => valueAt(object, ['spec', 'scaleTargetRef', key]);
    if (object.kind !== 'HorizontalPodAutoscaler' || workload === undefined) return false;
    return isOf('kind') === workload.kind && isOf('name') === workload.metadata.name;
  });
}

/** The same with another number of pods for one service; where an autoscaler decides, none but zero is written. */
export function withReplicas<T extends Pick<StackObjects, 'objects'>>(
  content: T,
  service: string,
  replicas: number,
): T {
  const objects = content.objects.map((wanted) => {
    const { spec } = wanted.object;
    if (!isWorkloadOf(wanted, service) || !isJsonObject(spec)) return wanted;
    const { replicas: _replicas, ...rest } = spec;
    const isLeft = replicas > 0 && isAutoscaled(content, service);
    return { ...wanted, object: { ...wanted.object, spec: isLeft ? rest : { ...rest, replicas } } as KubeObject };
  });
  return { ...content, objects };
}

/** The workload in whose pods the service runs. */
function isWorkloadOf({ object, services }: WantedObject, service: string): boolean {
  return SCALABLE.has(object.kind) && services.includes(service);
}

/** Names of claims that all replicas of a service would write to. */
export function sharedClaimsOf({ objects }: Pick<StackObjects, 'objects'>, service: string): string[] {
  const workload = objects.find((wanted) => isWorkloadOf(wanted, service));
  const volumes = valueAt(workload?.object, ['spec', 'template', 'spec', 'volumes']);
  if (!Array.isArray(volumes)) return [];
  return volumes.flatMap((volume) => {
    const claim = valueAt(volume, ['persistentVolumeClaim', 'claimName']);
    return typeof claim === 'string' ? [claim] : [];
  });
}
