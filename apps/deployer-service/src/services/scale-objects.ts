import type { KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, valueAt } from '@ushadow/kubernetes';

const SCALABLE: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet']);

export function isScalable({ kind }: KubeObject): boolean {
  return SCALABLE.has(kind);
}

/** Everything there is to scale is scaled to nothing. */
export function isStopped(objects: readonly KubeObject[]): boolean {
  const scalable = objects.filter(isScalable);
  return scalable.length > 0 && scalable.every((object) => valueAt(object, ['spec', 'replicas']) === 0);
}

/** The same objects with another number of replicas where there is one. */
export function withReplicas(objects: readonly KubeObject[], replicas: number): KubeObject[] {
  return objects.map((object) => {
    const { spec } = object;
    return isScalable(object) && isJsonObject(spec) ? { ...object, spec: { ...spec, replicas } } : object;
  });
}
