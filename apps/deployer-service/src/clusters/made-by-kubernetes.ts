import type { KubeObject, ObjectId } from '@ushadow/kubernetes';

type Kind = Pick<ObjectId, 'group' | 'kind'>;

/** What others leave behind about objects, and is none itself: group and kind. */
const TRACES: ReadonlySet<string> = new Set([
  '/Endpoints',
  'discovery.k8s.io/EndpointSlice',
  '/Event',
  'events.k8s.io/Event',
  'metrics.k8s.io/PodMetrics',
]);

export function isTrace({ group, kind }: Kind): boolean {
  return TRACES.has(`${group}/${kind}`);
}

/**
 * What Kubernetes itself puts into each namespace. Names count only where Kubernetes keeps the object of that name
 * as it wants it; a Secret is judged by its type, since anybody may give it any name.
 */
export function isMadeByKubernetes({ group, kind }: Kind, object: KubeObject): boolean {
  if (group !== '') return false;
  const { name } = object.metadata;
  if (kind === 'Secret') return (object as { type?: unknown }).type === 'kubernetes.io/service-account-token';
  return (kind === 'ConfigMap' && name === 'kube-root-ca.crt') || (kind === 'ServiceAccount' && name === 'default');
}
