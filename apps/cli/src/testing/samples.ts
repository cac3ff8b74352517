import {
  clusterTarget,
  type ClusterData,
  type DeploymentData,
  type PlanData,
  type ProgressEventData,
  type ProjectVariableData,
  type StackData,
  type StackServiceData,
  type StackSummaryData,
} from '@ushadow/contracts';

const time = '2026-01-01T00:00:00.000Z';

export const clusterId = '0123456789abcdef';
export const stackId = '00000000-0000-4000-8000-00000000000a';
export const deploymentId = '00000000-0000-4000-8000-00000000000b';
export const planId = '00000000-0000-4000-8000-00000000000c';

export const cluster: ClusterData = {
  cluster_id: clusterId,
  name: 'bench',
  context: 'bench',
  server: 'https://127.0.0.1:6443',
  status: 'connected',
  status_reason: null,
  status_since: time,
  checked_at: time,
  version: 'v1.36.0',
  node_count: 1,
  namespace: 'ushadow',
  labels: {},
  routing: { gateway: null, ingress_class: null, issuer: null },
  policies: { exec: true, port_forward: true, namespaces: {} },
  credential_expires_at: null,
  cluster_identity: null,
  same_as: [],
  created_at: time,
};

const fact = { message: null, at: time, stale: false };

export const options: DeploymentData['options'] = {
  deadline_seconds: 300,
  stall_seconds: 240,
  take_over: false,
  recreate: 'jobs',
  rollback: true,
  prune: true,
  delete_claims: [],
  adopt: [],
};

export const deployment = (changes: Partial<DeploymentData> = {}): DeploymentData => ({
  deployment_id: deploymentId,
  stack_id: stackId,
  target: clusterTarget(clusterId),
  namespace: 'shop',
  project: 'shop',
  services: ['web', 'db'],
  kind: 'deploy',
  revision: 3,
  based_on: null,
  status: 'pending',
  verdict: null,
  ending: null,
  objects: [],
  options,
  plan_id: null,
  plan_hash: null,
  message: null,
  actor: 'operator',
  request_id: 'r',
  attempt: 1,
  last_sequence: 0,
  created_at: time,
  started_at: null,
  finished_at: null,
  ...changes,
});

const verdict = { code: null, reason: null, object: null, remedy: null };
const good = { status: 'succeeded', code: null, reason: null, source: null } as const;

export const succeeded = deployment({
  status: 'succeeded',
  verdict: { ...verdict, status: 'succeeded', services: { web: good, db: good } },
});

export const failed = deployment({
  status: 'failed',
  verdict: {
    ...{ status: 'failed', code: 'IMAGE_PULL', reason: 'the image cannot be pulled', object: 'Deployment/shop/web' },
    remedy: 'correct the image',
    services: {
      web: {
        status: 'failed',
        code: 'IMAGE_PULL',
        reason: 'the image cannot be pulled',
        source: { path: '/services/web/image', file: 'compose.yaml', line: 4 },
      },
      db: good,
    },
  },
});

export const stackService = (service: string, changes: Partial<StackServiceData> = {}): StackServiceData => ({
  service,
  service_id: `shop:${service}`,
  image: `${service}:1`,
  health: { state: 'ready', ...fact },
  sync: { state: 'in-sync', ...fact },
  deployment: {
    deployment_id: deploymentId,
    revision: 3,
    kind: 'deploy',
    status: 'succeeded',
    code: null,
    reason: null,
    at: time,
  },
  ready: 1,
  wanted: 1,
  addresses: [],
  inside: [],
  objects: [`Deployment/shop/${service}`],
  digest: 'd',
  overrides: [],
  ...changes,
});

export const summary = (changes: Partial<StackSummaryData> = {}): StackSummaryData => ({
  stack_id: stackId,
  target: clusterTarget(clusterId),
  namespace: 'shop',
  project: 'shop',
  revision: 3,
  health: { state: 'ready', ...fact },
  services_ready: 2,
  services: 2,
  address: { via: 'ingress', url: 'http://shop.example', text: 'http://shop.example', port: 80, ready: true },
  deployment: stackService('web').deployment,
  drift: { state: 'none', checked_at: time, since: null, count: 0 },
  claims: 1,
  created_at: time,
  ...changes,
});

export const stack = (changes: Partial<StackData> = {}): StackData => ({
  ...summary(),
  services: [
    stackService('web', {
      addresses: [{ via: 'ingress', url: 'http://shop.example', text: 'shop.example', port: 80, ready: true }],
    }),
    stackService('db'),
  ],
  manifests: null,
  sync: { state: 'in-sync', ...fact },
  volumes: [{ claim: 'shop-data', size: '1Gi', bound: true }],
  configuration: { profiles: [], infra_of: [], specs: {}, variables: [], overrides: [], content_digest: null },
  ...changes,
});

export const plan = (changes: Partial<PlanData> = {}): PlanData => ({
  plan_id: planId,
  next_cursor: null,
  target: clusterTarget(clusterId),
  namespace: 'shop',
  stack_id: stackId,
  project: 'shop',
  kind: 'deploy',
  based_on: null,
  services: ['web', 'db'],
  hash: 'abcdef0123456789',
  applicable: true,
  counts: { create: 0, update: 1, recreate: 0, delete: 0, unchanged: 1 },
  objects: [],
  new_namespaces: [],
  pod_security: [],
  problems: [],
  warnings: [],
  conflicts: [],
  missing_permissions: [],
  role_yaml: null,
  options,
  diagnostics: [],
  actor: 'operator',
  created_at: time,
  expires_at: '2026-01-01T01:00:00.000Z',
  replaces: null,
  ...changes,
});

export const planned = (
  object: string,
  action: PlanData['objects'][number]['action'],
  services: readonly string[] = [],
): PlanData['objects'][number] => ({
  object,
  action,
  changes: [],
  conflicts: [],
  adopts: false,
  services: [...services],
  verified: true,
  unverified_reason: null,
  warnings: [],
});

export const variable = (name: string, changes: Partial<ProjectVariableData> = {}): ProjectVariableData => ({
  name,
  value: null,
  source: 'none',
  reason: null,
  is_secret: false,
  secret_reason: null,
  secret_override: null,
  is_set: false,
  is_required: false,
  required_message: null,
  weak: null,
  uses: [{ file: 'compose.yaml', line: 4, column: 5, path: '/services/web/image', service: 'web' }],
  containers: [],
  candidates: [],
  ...changes,
});

let sequence = 0;

export const event = (type: string, message: string, data: Record<string, unknown> = {}): ProgressEventData => ({
  deployment_id: deploymentId,
  sequence: (sequence += 1),
  attempt: 1,
  time,
  type,
  message,
  data,
});
