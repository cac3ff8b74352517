import { classifyError, KubernetesApiError, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { ScanInput } from '@ushadow/scan';

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
}

const services: Kind = { group: '', version: 'v1', kind: 'Service', resource: 'services' };
const nodes: Kind = { group: '', version: 'v1', kind: 'Node', resource: 'nodes' };
const pods: Kind = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' };
const slices: Kind = { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice', resource: 'endpointslices' };
const workloads: readonly Kind[] = [
  { group: 'apps', version: 'v1', kind: 'Deployment', resource: 'deployments' },
  { group: 'apps', version: 'v1', kind: 'StatefulSet', resource: 'statefulsets' },
  { group: 'apps', version: 'v1', kind: 'DaemonSet', resource: 'daemonsets' },
];

export interface ListedObjects extends Required<Record<keyof ScanInput, readonly KubeObject[]>> {
  /** What may not be listed, and the rule that would allow it. */
  readonly notes: readonly string[];
}

/**
 * Lists what a scan looks at, in one namespace or in all: one paged list per kind, all at once, nothing per Service.
 * Only Services are indispensable.
 */
export async function listObjects(transport: KubernetesTransport, namespace?: string): Promise<ListedObjects> {
  const notes: string[] = [];
  const here = namespace === undefined ? {} : { namespace };
  const list = async (kind: Kind, scope: { namespace?: string }): Promise<readonly KubeObject[]> =>
    (await transport.list({ ...kind, ...scope })).items.map(withoutBallast);
  const optional = async (kind: Kind, scope: { namespace?: string }): Promise<readonly KubeObject[]> => {
    try {
      return await list(kind, scope);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      notes.push(noteOn(kind, scope.namespace));
      return [];
    }
  };
  // One namespace is small: all at once. A whole cluster is not: one after the other, each slimmed before the next comes.
  const [found = [], endpointSlices = [], foundPods = [], ...templates] = await inTurn(namespace === undefined, [
    () => list(services, here),
    () => optional(slices, here),
    () => optional(pods, here),
    ...workloads.map((kind) => () => optional(kind, here)),
  ]);
  const needsNodes = found.some((service) => (service['spec'] as { type?: unknown } | undefined)?.type === 'NodePort');
  const input = { services: found, endpointSlices, pods: foundPods, workloads: templates.flat() };
  const nodeList = needsNodes ? await optional(nodes, {}) : [];
  // The lists answer in any order; what is said of them does not change with it.
  return { ...input, nodes: nodeList, notes: notes.sort() };
}

async function inTurn<T>(sequential: boolean, calls: readonly (() => Promise<T>)[]): Promise<T[]> {
  if (!sequential) return Promise.all(calls.map((call) => call()));
  const results: T[] = [];
  for (const call of calls) results.push(await call());
  return results;
}

/** Managed fields and annotations are the larger part of most objects, and no evidence. */
function withoutBallast(object: KubeObject): KubeObject {
  const { managedFields: _managedFields, annotations: _annotations, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** The same lists, split by namespace; nodes and notes belong to all. */
export function byNamespace({ nodes: allNodes, notes, ...lists }: ListedObjects): ReadonlyMap<string, ListedObjects> {
  const result = new Map<string, ListedObjects>();
  const split = new Map(
    Object.entries(lists).map(([name, objects]) => [name, Map.groupBy(objects, (one) => one.metadata.namespace ?? '')]),
  );
  const of = (list: keyof typeof lists, namespace: string) => split.get(list)?.get(namespace) ?? [];
  for (const namespace of split.get('services')?.keys() ?? []) {
    result.set(namespace, {
      services: of('services', namespace),
      endpointSlices: of('endpointSlices', namespace),
      pods: of('pods', namespace),
      workloads: of('workloads', namespace),
      nodes: allNodes,
      notes,
    });
  }
  return result;
}

export const servicesRule = (namespace?: string) => noteOn(services, namespace);

/** One line of what is missing, with the RBAC rule that closes the gap. */
function noteOn({ group, resource }: Kind, namespace: string | undefined): string {
  const where = namespace === undefined ? 'cluster-wide' : `in namespace ${namespace}`;
  const rule = `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["get", "list"]}`;
  return `${resource} may not be listed ${where}; allow it with the rule ${rule}`;
}

export function isForbidden(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'forbidden';
}
