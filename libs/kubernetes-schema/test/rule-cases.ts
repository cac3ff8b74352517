import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { withValue } from './mutations.ts';
import { richObjects } from './rich-objects.ts';

/** One rule, a kind of rich-objects.ts, a path in it, what may stand there and what may not (each for itself). */
export interface RuleCase {
  readonly rule: string;
  readonly kind: string;
  readonly path: string;
  readonly good: JsonValue;
  readonly bad: readonly JsonValue[];
}

const pod = 'spec.template.spec';
const main = `${pod}.containers.0`;
const port = (number: number, rest: Record<string, JsonValue> = {}): JsonValue => ({
  name: `p${number}`,
  port: number,
  ...rest,
});
const env = (name: string, rest: Record<string, JsonValue>): JsonValue => ({ name, ...rest });
const claimMount = { name: 'data', mountPath: '/data' };
const big = 'x'.repeat(1024 * 1024 + 1);

const rows: readonly (readonly [
  rule: string,
  kind: string,
  path: string,
  good: JsonValue,
  bad: readonly JsonValue[],
])[] = [
  [
    'schema-unknown',
    'Deployment',
    main,
    { name: 'web', image: 'x', volumeMounts: [claimMount] },
    [{ name: 'web', image: 'x', imagePullPolcy: 'Always' }],
  ],
  ['schema-type', 'Deployment', 'spec.replicas', 3, ['3', true, 1.5]],
  ['schema-required', 'Deployment', 'spec.selector', { matchLabels: { 'app.kubernetes.io/name': 'web' } }, [null]],
  ['schema-enum', 'Deployment', `${main}.imagePullPolicy`, 'Never', ['Missing', 'build']],
  [
    'schema-duplicate',
    'Deployment',
    `${main}.env`,
    [env('A', { value: '1' }), env('B', { value: '1' })],
    [[env('A', { value: '1' }), env('A', { value: '2' })]],
  ],
  ['object-name', 'Deployment', 'metadata.name', 'web.shop-1', ['Web', 'a_b', '-a', `${'a'.repeat(254)}`]],
  ['object-name', 'Service', 'metadata.name', 'web', ['web.shop', 'a'.repeat(64)]],
  ['object-name', 'StatefulSet', 'metadata.name', 'a'.repeat(63), ['a'.repeat(64), 'a.b']],
  ['object-name', 'CronJob', 'metadata.name', 'a'.repeat(52), ['a'.repeat(53)]],
  ['object-name', 'Job', 'metadata.name', 'a'.repeat(63), ['a'.repeat(64)]],
  ['cluster-scoped', 'Namespace', 'metadata.namespace', '', ['held']],
  ['finalizer', 'ConfigMap', 'metadata.finalizers', ['ushadow.io/keep'], [['not a name']]],
  [
    'label',
    'ConfigMap',
    'metadata.labels',
    { 'a.b/c': 'D_e.1' },
    [{ 'a/b/c': 'x' }, { a: 'b c' }, { a: 'x'.repeat(64) }, { '-a': 'x' }],
  ],
  [
    'annotation',
    'ConfigMap',
    'metadata.annotations',
    { 'A.b/c': 'any: text\n' },
    [{ 'a b': 'x' }, { a: 'x'.repeat(256 * 1024) }],
  ],
  [
    'label-selector',
    'NetworkPolicy',
    'spec.podSelector',
    { matchExpressions: [{ key: 'a', operator: 'Exists' }] },
    [
      { matchLabels: { a: '?' } },
      { matchExpressions: [{ key: 'a', operator: 'In' }] },
      { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] },
    ],
  ],
  ['label-selector', 'Service', 'spec.selector', { a: 'b' }, [{ a: 'b c' }]],
  [
    'selector',
    'Deployment',
    'spec.selector',
    { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['web'] }] },
    [{ matchLabels: { other: 'x' } }, {}],
  ],
  ['restart-policy', 'Deployment', `${pod}.restartPolicy`, 'Always', ['OnFailure', 'Never']],
  ['restart-policy', 'Job', `${pod}.restartPolicy`, 'Never', ['Always']],
  [
    'rollout',
    'Deployment',
    'spec.strategy',
    { type: 'Recreate' },
    [{ type: 'Recreate', rollingUpdate: { maxSurge: 1 } }, { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }],
  ],
  ['rollout', 'Deployment', 'spec.progressDeadlineSeconds', 2, [1]],
  ['indexed-job', 'Job', 'spec.completionMode', 'Indexed', []],
  ['indexed-job', 'Job', 'spec.backoffLimitPerIndex', null, [1]],
  ['job-selector', 'Job', 'spec.selector', null, [{ matchLabels: { 'app.kubernetes.io/name': 'web' } }]],
  [
    'cron-schedule',
    'CronJob',
    'spec.schedule',
    '0 3 * * mon-fri',
    ['0 3 * *', '61 * * * *', '0 0 * * 8', 'TZ=UTC 0 3 * * *', '*/0 * * * *', ''],
  ],
  ['cron-schedule', 'CronJob', 'spec.timeZone', 'America/Sao_Paulo', ['Moon/Base', 'Local', '+01:00']],
  ['containers', 'Deployment', `${pod}.initContainers.0.name`, 'first', ['web']],
  ['container-image', 'Deployment', `${main}.image`, 'registry:5000/a/b@sha256:0000', ['']],
  ['host-network', 'Deployment', `${pod}.hostNetwork`, false, [true]],
  [
    'host-port',
    'Deployment',
    `${main}.ports`,
    [
      { containerPort: 1, hostPort: 1 },
      { containerPort: 2, hostPort: 2 },
    ],
    [
      [
        { containerPort: 1, hostPort: 9 },
        { containerPort: 2, hostPort: 9 },
      ],
    ],
  ],
  ['shared-process-namespace', 'Deployment', `${pod}.shareProcessNamespace`, true, []],
  [
    'dns-config',
    'Deployment',
    `${pod}.dnsConfig`,
    { nameservers: ['1.1.1.1', '::1'], searches: ['a_b.example', '.'] },
    [
      { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] },
      { searches: ['a b'] },
      { options: [{ value: 'x' }] },
      { searches: Array.from({ length: 33 }, (_, i) => `s${i}`) },
    ],
  ],
  ['dns-config', 'Deployment', `${pod}.dnsPolicy`, 'Default', []],
  [
    'port-duplicate',
    'Deployment',
    `${main}.ports`,
    [
      { name: 'http', containerPort: 80 },
      { name: 'b', containerPort: 81 },
    ],
    [
      [
        { name: 'http', containerPort: 80 },
        { name: 'http', containerPort: 81 },
      ],
    ],
  ],
  [
    'init-container',
    'Deployment',
    `${pod}.initContainers.0`,
    { name: 'side', image: 'x', restartPolicy: 'Always', readinessProbe: { exec: { command: ['true'] } } },
    [{ name: 'side', image: 'x', readinessProbe: { exec: { command: ['true'] } } }],
  ],
  ['restart-rules', 'Deployment', `${pod}.initContainers.0.restartPolicy`, 'Always', ['Sometimes']],
  [
    'env-source',
    'Deployment',
    `${main}.env`,
    [env('A', { valueFrom: { secretKeyRef: { name: 's', key: 'k' } } })],
    [
      [env('A', { value: 'x', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } })],
      [env('A', { valueFrom: {} })],
      [env('', { value: 'x' })],
    ],
  ],
  [
    'env-source',
    'Deployment',
    `${main}.envFrom`,
    [{ secretRef: { name: 's' } }],
    [[{}], [{ prefix: 'A' }], [{ secretRef: { name: 's' }, configMapRef: { name: 'c' } }]],
  ],
  ['env-reference', 'Deployment', `${main}.envFrom`, [{ configMapRef: { name: 'c' } }], [[{ configMapRef: {} }]]],
  [
    'env-name',
    'Deployment',
    `${main}.env`,
    [env('my.var-1 x', { value: 'x' })],
    [[env('a=b', { value: 'x' })], [env('ü', { value: 'x' })]],
  ],
  [
    'downward-field',
    'Deployment',
    `${main}.env`,
    [env('A', { valueFrom: { fieldRef: { fieldPath: "metadata.labels['a']" } } })],
    [
      [env('A', { valueFrom: { fieldRef: { fieldPath: 'spec.nope' } } })],
      [env('A', { valueFrom: { resourceFieldRef: { resource: 'limits.disk' } } })],
    ],
  ],
  [
    'data-key',
    'Deployment',
    `${main}.env`,
    [env('A', { valueFrom: { configMapKeyRef: { name: 'c', key: 'a.b-C_1' } } })],
    [[env('A', { valueFrom: { configMapKeyRef: { name: 'c', key: 'a/b' } } })]],
  ],
  [
    'probe-handler',
    'Deployment',
    `${main}.livenessProbe`,
    { grpc: { port: 1 } },
    [
      {},
      { exec: { command: ['a'] }, tcpSocket: { port: 1 } },
      { exec: { command: [] } },
      { httpGet: { port: 80, httpHeaders: [{ name: 'a b', value: '' }] } },
    ],
  ],
  [
    'probe-threshold',
    'Deployment',
    `${main}.livenessProbe`,
    { exec: { command: ['a'] }, successThreshold: 1 },
    [{ exec: { command: ['a'] }, successThreshold: 2 }],
  ],
  [
    'sleep-time',
    'Deployment',
    `${main}.lifecycle`,
    { preStop: { sleep: { seconds: 5 } } },
    [{ preStop: { sleep: { seconds: -1 } } }],
  ],
  ['mount-volume', 'Deployment', `${main}.volumeMounts`, [claimMount], [[{ name: 'nothing', mountPath: '/x' }]]],
  [
    'mount-path',
    'Deployment',
    `${main}.volumeMounts`,
    [claimMount, { name: 'config', mountPath: '/c' }],
    [[claimMount, { name: 'config', mountPath: '/data' }], [{ name: 'data', mountPath: '' }]],
  ],
  [
    'mount-options',
    'Deployment',
    `${main}.volumeMounts`,
    [{ ...claimMount, subPath: 'a/b' }],
    [[{ ...claimMount, mountPropagation: 'Bidirectional' }], [{ ...claimMount, subPath: 'a', subPathExpr: 'b' }]],
  ],
  [
    'relative-path',
    'Deployment',
    `${main}.volumeMounts`,
    [{ ...claimMount, subPath: 'a..b' }],
    [[{ ...claimMount, subPath: '/a' }], [{ ...claimMount, subPath: 'a/../b' }]],
  ],
  ['volume-name', 'Deployment', `${pod}.volumes.1.name`, 'config', ['data', '']],
  [
    'volume-source',
    'Deployment',
    `${pod}.volumes.0`,
    { name: 'data' },
    [
      { name: 'data', emptyDir: {}, hostPath: { path: '/x' } },
      { name: 'data', secret: {} },
      { name: 'data', configMap: {} },
      { name: 'data', emptyDir: { sizeLimit: '-1' } },
      { name: 'data', nfs: { server: 's', path: 'x' } },
    ],
  ],
  [
    'volume-items',
    'Deployment',
    `${pod}.volumes.1.configMap.items`,
    [{ key: 'a', path: 'b/c' }],
    [[{ key: '', path: 'b' }], [{ key: 'a', path: '' }]],
  ],
  ['host-path', 'Deployment', `${pod}.volumes.4.hostPath.path`, '/a..b', ['/a/../b']],
  [
    'projected-volume',
    'Deployment',
    `${pod}.volumes.3.projected.sources`,
    [{ secret: { name: 's', items: [{ key: 'a', path: 'x' }] } }],
    [
      [
        { secret: { name: 's', items: [{ key: 'a', path: 'x' }] } },
        { configMap: { name: 'c', items: [{ key: 'a', path: 'x' }] } },
      ],
      [{ secret: {} }],
      [{ secret: { name: 's' }, configMap: { name: 'c' } }],
      [{ serviceAccountToken: { path: 'x', expirationSeconds: 5 } }],
    ],
  ],
  ['file-mode', 'Deployment', `${pod}.volumes.1.configMap.defaultMode`, 0o777, [0o1000, -1]],
  ['claim-template', 'StatefulSet', 'spec.volumeClaimTemplates.0.metadata.name', 'data', ['Data', 'a.b']],
  [
    'claim',
    'PersistentVolumeClaim',
    'spec.accessModes',
    ['ReadWriteOncePod'],
    [[], ['ReadWriteOnce', 'ReadWriteOncePod']],
  ],
  [
    'claim',
    'PersistentVolumeClaim',
    'spec.resources',
    { requests: { storage: '1Gi' } },
    [{}, { requests: { storage: '0' } }, { requests: { storage: '-1' } }],
  ],
  ['persistent-volume', 'PersistentVolume', 'spec.capacity', { storage: '5Gi' }, [{}]],
  [
    'resource-amounts',
    'Deployment',
    `${main}.resources`,
    { limits: { cpu: 1, memory: '1Gi' }, requests: { cpu: '1000m', memory: '1Gi' } },
    [
      { limits: { memory: '1Gi' }, requests: { memory: '2Gi' } },
      { requests: { 'nvidia.com/gpu': 1 } },
      { limits: { cpu: '-1' } },
      { limits: { disk: 1 } },
      { limits: { 'nvidia.com/gpu': '500m' } },
    ],
  ],
  [
    'privilege',
    'Deployment',
    `${main}.securityContext`,
    { privileged: true, allowPrivilegeEscalation: true },
    [
      { privileged: true, allowPrivilegeEscalation: false },
      { allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } },
    ],
  ],
  [
    'security-profile',
    'Deployment',
    `${main}.securityContext`,
    { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } },
    [{ seccompProfile: { type: 'Localhost' } }, { appArmorProfile: { type: 'RuntimeDefault', localhostProfile: 'a' } }],
  ],
  ['proc-mount', 'Deployment', `${main}.securityContext`, { procMount: 'Default' }, [{ procMount: 'Unmasked' }]],
  [
    'sysctl',
    'Deployment',
    `${pod}.securityContext.sysctls`,
    [{ name: 'net.ipv4.ip_local_port_range', value: '1 2' }],
    [
      [{ name: 'a b', value: '1' }],
      [
        { name: 'net.a', value: '1' },
        { name: 'net.a', value: '2' },
      ],
    ],
  ],
  ['user-id', 'Deployment', `${main}.securityContext`, { runAsUser: 0 }, [{ runAsUser: -1 }, { runAsGroup: 2 ** 31 }]],
  [
    'toleration',
    'Deployment',
    `${pod}.tolerations`,
    [{ operator: 'Exists' }],
    [[{ value: 'x' }], [{ key: 'a', operator: 'Exists', value: 'b' }], [{ key: 'a', tolerationSeconds: 1 }]],
  ],
  [
    'node-selector',
    'Deployment',
    `${pod}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.0.matchExpressions`,
    [{ key: 'a', operator: 'Exists' }],
    [
      [{ key: 'a', operator: 'In', values: [] }],
      [{ key: 'a', operator: 'Exists', values: ['b'] }],
      [{ key: 'a', operator: 'In', values: ['ubuntu 14.04'] }],
      [{ key: 'a', operator: 'Gt', values: ['1', '2'] }],
    ],
  ],
  [
    'topology-key',
    'Deployment',
    `${pod}.topologySpreadConstraints`,
    [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', minDomains: 2 }],
    [
      [{ maxSkew: 1, topologyKey: '', whenUnsatisfiable: 'DoNotSchedule' }],
      [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }],
    ],
  ],
  ['label-key', 'Deployment', `${pod}.tolerations`, [{ key: 'a.b/c' }], [[{ key: 'a b' }]]],
  [
    'label-value',
    'NetworkPolicy',
    'spec.podSelector',
    { matchExpressions: [{ key: 'a', operator: 'In', values: [''] }] },
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b c'] }] }],
  ],
  [
    'weight',
    'Deployment',
    `${pod}.affinity.podAffinity`,
    { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'a' } }] },
    [{ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: { topologyKey: 'a' } }] }],
  ],
  ['positive', 'Deployment', `${pod}.topologySpreadConstraints.0.maxSkew`, 1, [0]],
  ['not-negative', 'Deployment', 'spec.replicas', 0, [-1]],
  ['dns-label', 'Deployment', `${main}.name`, '1web', ['web_1', 'a.b', 'a'.repeat(64)]],
  ['dns-subdomain', 'Deployment', `${pod}.serviceAccountName`, 'a.b', ['a_b']],
  ['ip-address', 'Deployment', `${pod}.hostAliases.0.ip`, '2001:db8::1', ['10.0.0', '256.1.1.1', 'host', '::1::2', '']],
  [
    'service-type',
    'Service',
    'spec',
    { clusterIP: 'None', selector: { a: 'b' } },
    [
      { selector: { a: 'b' } },
      { clusterIP: 'None', type: 'NodePort', ports: [port(1)] },
      { clusterIP: 'x', ports: [port(1)] },
    ],
  ],
  [
    'external-name',
    'Service',
    'spec',
    { type: 'ExternalName', externalName: 'db.example.org.' },
    [
      { type: 'ExternalName' },
      { type: 'ExternalName', externalName: 'a_b' },
      { type: 'ExternalName', externalName: 'a', clusterIP: 'None' },
    ],
  ],
  [
    'load-balancer',
    'Service',
    'spec',
    { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'], ports: [port(1)] },
    [{ loadBalancerSourceRanges: ['10.0.0.0/8'], ports: [port(1)] }],
  ],
  [
    'traffic-policy',
    'Service',
    'spec',
    { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [port(1)] },
    [{ externalTrafficPolicy: 'Local', ports: [port(1)] }],
  ],
  [
    'session-affinity',
    'Service',
    'spec',
    { sessionAffinity: 'ClientIP', ports: [port(1)] },
    [
      {
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 90_000 } },
        ports: [port(1)],
      },
    ],
  ],
  [
    'service-ports',
    'Service',
    'spec',
    { ports: [port(1), port(2, { protocol: 'UDP' })] },
    [
      { ports: [{ port: 1 }, { port: 2 }] },
      { ports: [port(1, { name: 'a' }), port(2, { name: 'a' })] },
      { ports: [port(1, { nodePort: 30001 })] },
    ],
  ],
  [
    'node-port',
    'Service',
    'spec',
    { type: 'NodePort', ports: [port(1, { nodePort: 30101 })] },
    [{ type: 'NodePort', ports: [port(1, { nodePort: 80 })] }],
  ],
  [
    'app-protocol',
    'Service',
    'spec',
    { ports: [port(1, { appProtocol: 'kubernetes.io/h2c' })] },
    [{ ports: [port(1, { appProtocol: 'h 2' })] }],
  ],
  ['port-number', 'Service', 'spec', { ports: [port(65535)] }, [{ ports: [port(0)] }, { ports: [port(65536)] }]],
  [
    'port-name',
    'Deployment',
    `${main}.ports`,
    [
      { name: 'http', containerPort: 80 },
      { name: 'x-12345678-abcd', containerPort: 1 },
    ],
    [
      [
        { name: 'http', containerPort: 80 },
        { name: '8080', containerPort: 1 },
      ],
      [
        { name: 'http', containerPort: 80 },
        { name: 'x-12345678-abcde', containerPort: 1 },
      ],
      [
        { name: 'http', containerPort: 80 },
        { name: 'a--b', containerPort: 1 },
      ],
    ],
  ],
  [
    'cidr',
    'NetworkPolicy',
    'spec.ingress.0.from',
    [{ ipBlock: { cidr: '2001:db8::/32' } }],
    [[{ ipBlock: { cidr: '10.0.0.0' } }], [{ ipBlock: { cidr: '10.0.0.0/33' } }]],
  ],
  [
    'network-peer',
    'NetworkPolicy',
    'spec.ingress.0.from',
    [{ podSelector: {}, namespaceSelector: {} }],
    [[{}], [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }]],
  ],
  [
    'network-port',
    'NetworkPolicy',
    'spec.ingress.0.ports',
    [{ port: 1, endPort: 1 }],
    [[{ port: 2, endPort: 1 }], [{ port: 'http', endPort: 1 }], [{ endPort: 1 }]],
  ],
  ['policy-types', 'NetworkPolicy', 'spec.policyTypes', ['Egress', 'Ingress'], [['Egress', 'Ingress', 'Egress']]],
  [
    'ingress-rules',
    'Ingress',
    'spec',
    { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    [{}, { rules: [{ http: { paths: [] } }] }],
  ],
  [
    'ingress-path',
    'Ingress',
    'spec.rules.0.http.paths.0.path',
    '/a.b/',
    ['a', '/a//b', '/a/../b', '/a/..', '/%2f', ''],
  ],
  [
    'ingress-backend',
    'Ingress',
    'spec.rules.0.http.paths.0.backend',
    { service: { name: 'web', port: { number: 80 } } },
    [
      {},
      { service: { name: 'web', port: { number: 80, name: 'http' } } },
      { service: { name: 'web' } },
      { service: { name: '', port: { number: 1 } } },
    ],
  ],
  [
    'service-name',
    'Ingress',
    'spec.rules.0.http.paths.0.backend',
    { service: { name: 'web', port: { number: 80 } } },
    [{ service: { name: 'a.b', port: { number: 80 } } }],
  ],
  ['host', 'Ingress', 'spec.rules.0.host', '*.example.org', ['10.0.0.1', 'a.*.org', 'Upper.org', 'a:80']],
  ['autoscaler-bounds', 'HorizontalPodAutoscaler', 'spec.maxReplicas', 1, []],
  ['autoscaler-bounds', 'HorizontalPodAutoscaler', 'spec.minReplicas', 3, [4]],
  [
    'autoscaler-target',
    'HorizontalPodAutoscaler',
    'spec.scaleTargetRef',
    { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'x' },
    [
      { apiVersion: 'v1', kind: 'Deployment', name: 'x' },
      { apiVersion: 'apps/v1', kind: 'Deployment', name: '' },
      { kind: 'Deployment', name: 'x' },
    ],
  ],
  [
    'autoscaler-metric',
    'HorizontalPodAutoscaler',
    'spec.metrics.0',
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } } },
    [
      { type: 'Resource' },
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 0 } } },
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue' } } },
      { type: 'Cpu', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 1 } } },
    ],
  ],
  [
    'autoscaler-behavior',
    'HorizontalPodAutoscaler',
    'spec.behavior.scaleDown',
    { stabilizationWindowSeconds: 0 },
    [
      { stabilizationWindowSeconds: 3601 },
      { policies: [{ type: 'Pods', value: 0, periodSeconds: 1 }] },
      { policies: [{ type: 'Pods', value: 1, periodSeconds: 1801 }] },
    ],
  ],
  [
    'disruption-budget',
    'PodDisruptionBudget',
    'spec',
    { minAvailable: '50%', selector: {} },
    [
      { minAvailable: 1, maxUnavailable: 1 },
      { minAvailable: 'half' },
      { maxUnavailable: -1 },
      { maxUnavailable: '101%' },
    ],
  ],
  [
    'config-data',
    'ConfigMap',
    'data',
    { '.a-B_1': '' },
    [{ 'a/b': '' }, { '..a': '' }, { 'a b': '' }, { big }, { 'x.bin': 'in binaryData too' }],
  ],
  ['secret-data', 'Secret', 'stringData', { '.a': 'x' }, [{ 'a/b': '' }, { big }]],
  ['secret-data', 'Secret', 'type', 'Opaque', ['kubernetes.io/tls', 'kubernetes.io/dockerconfigjson']],
  [
    'role',
    'Role',
    'rules.0',
    { apiGroups: [''], resources: ['pods'], verbs: ['*'] },
    [
      { apiGroups: [''], resources: ['pods'], verbs: [] },
      { apiGroups: [], resources: ['pods'], verbs: ['get'] },
      { nonResourceURLs: ['/x'], verbs: ['get'] },
    ],
  ],
  [
    'role-binding',
    'RoleBinding',
    'subjects',
    [{ kind: 'Group', name: 'any thing' }],
    [
      [{ kind: 'Robot', name: 'x' }],
      [{ kind: 'ServiceAccount', name: 'a_b', namespace: 'held' }],
      [{ kind: 'Group', name: '' }],
    ],
  ],
];

export const ruleCases: readonly RuleCase[] = rows.map(([rule, kind, path, good, bad]) => ({
  rule,
  kind,
  path,
  good,
  bad,
}));

/** The rich object of the case with the value in place. */
export function caseObject({ kind, path }: RuleCase, value: JsonValue): KubeObject {
  const base = richObjects.find((object) => object.kind === kind);
  if (!base) throw new Error(`no rich object of kind ${kind}`);
  return withValue(
    base,
    path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    value,
  );
}
