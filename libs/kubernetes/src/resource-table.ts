/** How the API serves a kind: its URL segment and whether it lives in a namespace. */
export interface ResourceMapping {
  readonly plural: string;
  readonly namespaced: boolean;
}

interface ResourceRow extends ResourceMapping {
  readonly group: string;
  readonly kind: string;
}

const namespaced = (group: string, kind: string, plural: string): ResourceRow => ({
  group,
  kind,
  plural,
  namespaced: true,
});
const clusterWide = (group: string, kind: string, plural: string): ResourceRow => ({
  group,
  kind,
  plural,
  namespaced: false,
});

/** Kinds whose REST mapping never changes, so that the common ones cost no discovery request. */
const RESOURCES: readonly ResourceRow[] = [
  clusterWide('', 'Namespace', 'namespaces'),
  clusterWide('', 'Node', 'nodes'),
  clusterWide('', 'PersistentVolume', 'persistentvolumes'),
  namespaced('', 'ConfigMap', 'configmaps'),
  namespaced('', 'Event', 'events'),
  namespaced('', 'Endpoints', 'endpoints'),
  namespaced('', 'LimitRange', 'limitranges'),
  namespaced('', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  namespaced('', 'Pod', 'pods'),
  namespaced('', 'ReplicationController', 'replicationcontrollers'),
  namespaced('', 'ResourceQuota', 'resourcequotas'),
  namespaced('', 'Secret', 'secrets'),
  namespaced('', 'Service', 'services'),
  namespaced('', 'ServiceAccount', 'serviceaccounts'),
  namespaced('apps', 'DaemonSet', 'daemonsets'),
  namespaced('apps', 'Deployment', 'deployments'),
  namespaced('apps', 'ReplicaSet', 'replicasets'),
  namespaced('apps', 'StatefulSet', 'statefulsets'),
  namespaced('batch', 'CronJob', 'cronjobs'),
  namespaced('batch', 'Job', 'jobs'),
  namespaced('autoscaling', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
  namespaced('coordination.k8s.io', 'Lease', 'leases'),
  namespaced('discovery.k8s.io', 'EndpointSlice', 'endpointslices'),
  namespaced('events.k8s.io', 'Event', 'events'),
  namespaced('networking.k8s.io', 'Ingress', 'ingresses'),
  clusterWide('networking.k8s.io', 'IngressClass', 'ingressclasses'),
  namespaced('networking.k8s.io', 'NetworkPolicy', 'networkpolicies'),
  namespaced('policy', 'PodDisruptionBudget', 'poddisruptionbudgets'),
  clusterWide('rbac.authorization.k8s.io', 'ClusterRole', 'clusterroles'),
  clusterWide('rbac.authorization.k8s.io', 'ClusterRoleBinding', 'clusterrolebindings'),
  namespaced('rbac.authorization.k8s.io', 'Role', 'roles'),
  namespaced('rbac.authorization.k8s.io', 'RoleBinding', 'rolebindings'),
  clusterWide('scheduling.k8s.io', 'PriorityClass', 'priorityclasses'),
  clusterWide('storage.k8s.io', 'StorageClass', 'storageclasses'),
  clusterWide('apiextensions.k8s.io', 'CustomResourceDefinition', 'customresourcedefinitions'),
  clusterWide('admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations'),
  clusterWide('admissionregistration.k8s.io', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'),
  clusterWide('apiregistration.k8s.io', 'APIService', 'apiservices'),
];

/** Kinds that are made here, and served where somebody has installed what defines them. */
const EXTENSIONS: readonly ResourceRow[] = [
  namespaced('gateway.networking.k8s.io', 'Gateway', 'gateways'),
  namespaced('gateway.networking.k8s.io', 'HTTPRoute', 'httproutes'),
  namespaced('gateway.networking.k8s.io', 'ListenerSet', 'listenersets'),
  namespaced('gateway.networking.k8s.io', 'TCPRoute', 'tcproutes'),
  namespaced('gateway.networking.k8s.io', 'TLSRoute', 'tlsroutes'),
  namespaced('gateway.networking.k8s.io', 'UDPRoute', 'udproutes'),
];

const BUILT_IN = byKind(RESOURCES);
const KNOWN = byKind([...RESOURCES, ...EXTENSIONS]);

/** The mapping of a built-in kind; undefined for kinds that need discovery. */
export function builtInMapping(id: { readonly group: string; readonly kind: string }): ResourceMapping | undefined {
  return BUILT_IN.get(`${id.group}/${id.kind}`);
}

/** The mapping of a kind wherever it is served; whether it is, discovery says. */
export function knownMapping(id: { readonly group: string; readonly kind: string }): ResourceMapping | undefined {
  return KNOWN.get(`${id.group}/${id.kind}`);
}

function byKind(rows: readonly ResourceRow[]): ReadonlyMap<string, ResourceMapping> {
  return new Map(
    rows.map(({ group, kind, plural, namespaced: inNamespace }) => [
      `${group}/${kind}`,
      { plural, namespaced: inNamespace },
    ]),
  );
}
