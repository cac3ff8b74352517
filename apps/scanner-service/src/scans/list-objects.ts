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

export interface ListedObjects extends ScanInput {
  /** What may not be listed, and the rule that would allow it. */
  readonly notes: readonly string[];
}

/** Lists what a scan looks at: one paged list per kind, all at once, nothing per Service. Only Services are indispensable. */
export async function listObjects(transport: KubernetesTransport, namespace: string): Promise<ListedObjects> {
  const notes: string[] = [];
  const list = async (kind: Kind, scope: { namespace?: string }): Promise<readonly KubeObject[]> =>
    (await transport.list({ ...kind, ...scope })).items;
  const optional = async (kind: Kind, scope: { namespace?: string }): Promise<readonly KubeObject[]> => {
    try {
      return await list(kind, scope);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      notes.push(noteOn(kind, scope.namespace));
      return [];
    }
  };
  const here = { namespace };
  const [found, endpointSlices, foundPods, ...templates] = await Promise.all([
    list(services, here),
    optional(slices, here),
    optional(pods, here),
    ...workloads.map((kind) => optional(kind, here)),
  ]);
  const needsNodes = found.some((service) => (service['spec'] as { type?: unknown } | undefined)?.type === 'NodePort');
  const input = { services: found, endpointSlices, pods: foundPods, workloads: templates.flat() };
  return { ...input, nodes: needsNodes ? await optional(nodes, {}) : [], notes };
}

export const servicesRule = (namespace: string) => noteOn(services, namespace);

/** One line of what is missing, with the RBAC rule that closes the gap. */
function noteOn({ group, resource }: Kind, namespace: string | undefined): string {
  const where = namespace === undefined ? 'cluster-wide' : `in namespace ${namespace}`;
  const rule = `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["get", "list"]}`;
  return `${resource} may not be listed ${where}; allow it with the rule ${rule}`;
}

export function isForbidden(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'forbidden';
}
