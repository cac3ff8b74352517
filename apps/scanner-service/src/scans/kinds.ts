export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
}

export const services: Kind = { group: '', version: 'v1', kind: 'Service', resource: 'services' };
export const slices: Kind = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
};
export const pods: Kind = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' };
export const workloads: readonly Kind[] = [
  { group: 'apps', version: 'v1', kind: 'Deployment', resource: 'deployments' },
  { group: 'apps', version: 'v1', kind: 'StatefulSet', resource: 'statefulsets' },
  { group: 'apps', version: 'v1', kind: 'DaemonSet', resource: 'daemonsets' },
];
export const nodes: Kind = { group: '', version: 'v1', kind: 'Node', resource: 'nodes' };
export const namespaces: Kind = { group: '', version: 'v1', kind: 'Namespace', resource: 'namespaces' };

/** One line of what may not be listed, with the RBAC rule that closes the gap. */
export function missingRight({ group, resource }: Kind, namespace: string | undefined): string {
  const where = namespace === undefined ? 'cluster-wide' : `in namespace ${namespace}`;
  const rule = `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["get", "list"]}`;
  return `${resource} may not be listed ${where}; allow it with the rule ${rule}`;
}
