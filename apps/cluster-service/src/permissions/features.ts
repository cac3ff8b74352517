/** Verbs on one resource, as RBAC writes them; `pods/log` names a subresource. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}

export interface Feature {
  readonly feature: string;
  readonly title: string;
  readonly scope: 'namespace' | 'cluster';
  /** The product does its main job without it. */
  readonly optional: boolean;
  readonly rights: readonly Right[];
}

const READ = ['get', 'list'];
const WATCH = ['get', 'list', 'watch'];
const APPLY = ['get', 'create', 'patch'];

const rights = (group: string, verbs: readonly string[], ...resources: string[]): Right[] =>
  resources.map((resource) => ({ group, resource, verbs }));
const onDeployed = (verbs: readonly string[]): Right[] => [
  ...rights('', verbs, 'configmaps', 'secrets', 'services', 'persistentvolumeclaims'),
  ...rights('apps', verbs, 'deployments', 'statefulsets', 'daemonsets'),
  ...rights('batch', verbs, 'jobs', 'cronjobs'),
  ...rights('networking.k8s.io', verbs, 'ingresses'),
  ...rights('autoscaling', verbs, 'horizontalpodautoscalers'),
  ...rights('policy', verbs, 'poddisruptionbudgets'),
];

/** What each feature needs of a cluster. */
export const features: readonly Feature[] = [
  {
    feature: 'deploy',
    title: 'Deploy services',
    scope: 'namespace',
    optional: false,
    rights: onDeployed(APPLY),
  },
  {
    feature: 'watch',
    title: 'Follow a rollout',
    scope: 'namespace',
    optional: false,
    rights: [
      ...rights('', WATCH, 'pods', 'services', 'persistentvolumeclaims'),
      ...rights('apps', WATCH, 'deployments', 'statefulsets', 'daemonsets', 'replicasets'),
      ...rights('batch', WATCH, 'jobs', 'cronjobs'),
      ...rights('networking.k8s.io', WATCH, 'ingresses'),
      ...rights('autoscaling', WATCH, 'horizontalpodautoscalers'),
      ...rights('discovery.k8s.io', WATCH, 'endpointslices'),
    ],
  },
  {
    feature: 'diagnose',
    title: 'Explain what fails',
    scope: 'namespace',
    optional: false,
    rights: [
      ...rights('', WATCH, 'pods', 'events', 'persistentvolumeclaims'),
      ...rights('', ['get'], 'pods/log'),
      ...rights('apps', READ, 'replicasets'),
    ],
  },
  {
    feature: 'remove',
    title: 'Prune and remove',
    scope: 'namespace',
    optional: false,
    rights: onDeployed(['delete']),
  },
  {
    feature: 'scan',
    title: 'Find databases and queues',
    scope: 'namespace',
    optional: false,
    rights: [
      ...rights('', READ, 'services', 'pods'),
      ...rights('discovery.k8s.io', READ, 'endpointslices'),
      ...rights('apps', READ, 'deployments', 'statefulsets', 'daemonsets'),
    ],
  },
  {
    feature: 'shell',
    title: 'Run commands in containers, and copy their files',
    scope: 'namespace',
    optional: true,
    // API servers ask for `get` where a stream is opened over a WebSocket, later ones for `create` too.
    rights: [...rights('', ['get', 'create'], 'pods/exec'), ...rights('', ['patch'], 'pods/ephemeralcontainers')],
  },
  {
    feature: 'port-forward',
    title: 'Connect to ports of pods',
    scope: 'namespace',
    optional: true,
    rights: rights('', ['get', 'create'], 'pods/portforward'),
  },
  {
    feature: 'gateway-routes',
    title: 'Routes by Gateway API',
    scope: 'namespace',
    optional: true,
    rights: rights('gateway.networking.k8s.io', [...APPLY, 'list', 'watch', 'delete'], 'httproutes', 'listenersets'),
  },
  {
    feature: 'gateway-streams',
    title: 'Routes of TCP, TLS and UDP by Gateway API',
    scope: 'namespace',
    optional: true,
    rights: rights(
      'gateway.networking.k8s.io',
      [...APPLY, 'list', 'watch', 'delete'],
      'tcproutes',
      'tlsroutes',
      'udproutes',
    ),
  },
  {
    feature: 'metrics',
    title: 'Show what pods use of CPU and memory',
    scope: 'namespace',
    optional: true,
    rights: rights('metrics.k8s.io', READ, 'pods'),
  },
  {
    feature: 'preflight',
    title: 'Check quota and pod security before a deploy',
    scope: 'namespace',
    optional: true,
    rights: rights('', ['create'], 'pods'),
  },
  {
    feature: 'namespaces',
    title: 'Create namespaces',
    scope: 'cluster',
    optional: true,
    rights: rights('', ['get', 'create'], 'namespaces'),
  },
  {
    feature: 'nodes',
    title: 'Show nodes and NodePort addresses',
    scope: 'cluster',
    optional: true,
    rights: [...rights('', READ, 'nodes'), ...rights('metrics.k8s.io', READ, 'nodes')],
  },
  {
    feature: 'hints',
    title: 'Check classes, Gateways, and hosts that others have',
    scope: 'cluster',
    optional: true,
    rights: [
      ...rights('storage.k8s.io', READ, 'storageclasses'),
      ...rights('networking.k8s.io', READ, 'ingressclasses', 'ingresses'),
      ...rights('gateway.networking.k8s.io', READ, 'gateways', 'httproutes'),
      ...rights('cert-manager.io', ['get'], 'clusterissuers'),
      ...rights('scheduling.k8s.io', READ, 'priorityclasses'),
    ],
  },
];
