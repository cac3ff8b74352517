import { isJsonObject, valueAt, type KubeObject } from '@ushadow/kubernetes';
import type { StackObjects, WantedObject } from './stack-content.ts';

const SCALABLE: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);

/** How many pods a service is to have; undefined where nothing of it has such a number. */
export function replicasOf({ objects }: Pick<StackObjects, 'objects'>, service: string): number | undefined {
  const workload = objects.find((wanted) => isWorkloadOf(wanted, service));
  if (workload === undefined) return undefined;
  const replicas = valueAt(workload.object, ['spec', 'replicas']);
  // Left out where an autoscaler decides; Kubernetes’ own default else.
  return typeof replicas === 'number' ? replicas : 1;
}

/** The same with another number of pods for one service. */
export function withReplicas<T extends Pick<StackObjects, 'objects'>>(
  content: T,
  service: string,
  replicas: number,
): T {
  const objects = content.objects.map((wanted) => {
    const { spec } = wanted.object;
    if (!isWorkloadOf(wanted, service) || !isJsonObject(spec)) return wanted;
    return { ...wanted, object: { ...wanted.object, spec: { ...spec, replicas } } as KubeObject };
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
