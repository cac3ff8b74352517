import type { JsonObject, KubeObject } from '@ushadow/kubernetes';

/** One object of each kind we emit, with nearly every field an emitter or a patch would set. All of them are valid. */

const labels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' };
const selector = { 'app.kubernetes.io/name': 'web' };

const probe = (handler: JsonObject): JsonObject => ({
  ...handler,
  initialDelaySeconds: 1,
  periodSeconds: 30,
  timeoutSeconds: 30,
  failureThreshold: 3,
  successThreshold: 1,
});

const container: JsonObject = {
  name: 'web',
  image: 'nginx:1.27',
  imagePullPolicy: 'IfNotPresent',
  command: ['/bin/sh', '-c'],
  args: ['exec nginx'],
  workingDir: '/srv',
  tty: true,
  stdin: true,
  ports: [
    { name: 'http', containerPort: 80, protocol: 'TCP' },
    { name: 'dns', containerPort: 53, hostPort: 5353, protocol: 'UDP' },
  ],
  env: [
    { name: 'PLAIN', value: 'x' },
    { name: 'FROM_CONFIG', valueFrom: { configMapKeyRef: { name: 'web-config', key: 'A', optional: true } } },
    { name: 'FROM_SECRET', valueFrom: { secretKeyRef: { name: 'web-secrets', key: 'B' } } },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
  ],
  envFrom: [
    { configMapRef: { name: 'web-config' } },
    { prefix: 'P_', secretRef: { name: 'web-secrets', optional: false } },
  ],
  resources: {
    limits: { cpu: '500m', memory: '512Mi', 'nvidia.com/gpu': '1' },
    requests: { cpu: 0.1, memory: '128Mi', 'nvidia.com/gpu': '1' },
  },
  volumeMounts: [
    { name: 'data', mountPath: '/data', subPath: 'web' },
    { name: 'config', mountPath: '/etc/web.conf', subPath: 'web.conf', readOnly: true },
    { name: 'scratch', mountPath: '/tmp', mountPropagation: 'HostToContainer' },
    { name: 'secrets', mountPath: '/run/secrets', readOnly: true },
    { name: 'host', mountPath: '/host' },
  ],
  readinessProbe: probe({
    httpGet: { path: '/', port: 'http', scheme: 'HTTP', httpHeaders: [{ name: 'Host', value: 'x' }] },
  }),
  livenessProbe: probe({ exec: { command: ['true'] } }),
  startupProbe: probe({ tcpSocket: { port: 80 } }),
  lifecycle: { preStop: { exec: { command: ['sleep', '1'] } }, postStart: { exec: { command: ['true'] } } },
  securityContext: {
    runAsUser: 1000,
    runAsGroup: 1000,
    runAsNonRoot: true,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

const pod: JsonObject = {
  restartPolicy: 'Always',
  serviceAccountName: 'web',
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 10,
  hostname: 'web',
  subdomain: 'web',
  hostAliases: [{ ip: '10.0.0.1', hostnames: ['db.example.org'] }],
  dnsPolicy: 'ClusterFirst',
  dnsConfig: { nameservers: ['1.1.1.1'], searches: ['example.org'], options: [{ name: 'ndots', value: '2' }] },
  imagePullSecrets: [{ name: 'registry' }],
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  tolerations: [{ key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }],
      },
    },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: selector }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  },
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selector } },
  ],
  securityContext: {
    fsGroup: 1000,
    fsGroupChangePolicy: 'OnRootMismatch',
    supplementalGroups: [2000],
    sysctls: [{ name: 'net.core.somaxconn', value: '1024' }],
  },
  initContainers: [{ name: 'wait', image: 'busybox', command: ['sh', '-c', 'true'] }],
  containers: [container],
  volumes: [
    { name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: false } },
    {
      name: 'config',
      configMap: { name: 'web-files', defaultMode: 0o644, items: [{ key: 'web.conf', path: 'web.conf', mode: 0o600 }] },
    },
    { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    {
      name: 'secrets',
      projected: {
        defaultMode: 0o444,
        sources: [
          { secret: { name: 'db', items: [{ key: 'password', path: 'db-password' }] } },
          { configMap: { name: 'web-config' } },
        ],
      },
    },
    { name: 'host', hostPath: { path: '/srv/data', type: 'DirectoryOrCreate' } },
  ],
};

const metadata = (name: string): KubeObject['metadata'] => ({
  name,
  namespace: 'held',
  labels,
  annotations: { 'ushadow.io/note': 'any text: ü' },
});
const template = (spec: JsonObject): JsonObject => ({ metadata: { labels, annotations: { checksum: 'abc' } }, spec });
const claimSpec: JsonObject = {
  accessModes: ['ReadWriteOnce'],
  storageClassName: 'standard',
  resources: { requests: { storage: '1Gi' } },
};
const once = template({ ...pod, restartPolicy: 'OnFailure' });
const withoutData = { ...pod, volumes: (pod.volumes as readonly JsonObject[]).filter((v) => v.name !== 'data') };

const objects: readonly (Omit<KubeObject, 'metadata'> & { readonly metadata?: KubeObject['metadata'] })[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { 'web.conf': 'a', B: '' },
    binaryData: { 'x.bin': 'AAE=' },
    immutable: false,
  },
  { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { A: 'YQ==' }, stringData: { B: 'b' } },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'registry' }],
  },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: claimSpec },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'nfs', labels },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteMany'],
      nfs: { server: 'nas', path: '/x' },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'nfs',
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    spec: {
      type: 'LoadBalancer',
      selector,
      externalTrafficPolicy: 'Local',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } },
      ports: [
        { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' },
        { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP', nodePort: 30053 },
      ],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: 2,
      minReadySeconds: 1,
      progressDeadlineSeconds: 60,
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
      template: template(pod),
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: {
      replicas: 1,
      serviceName: 'web',
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', labels }, spec: claimSpec },
      ],
      template: template(withoutData),
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    spec: {
      selector: { matchLabels: selector },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: template(pod),
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: { backoffLimit: 3, completions: 1, parallelism: 1, ttlSecondsAfterFinished: 60, template: once },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: {
      schedule: '*/5 * * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      suspend: false,
      successfulJobsHistoryLimit: 1,
      jobTemplate: { metadata: { labels }, spec: { backoffLimit: 1, template: once } },
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.example.org'], secretName: 'shop-tls' }],
      defaultBackend: { service: { name: 'web', port: { number: 80 } } },
      rules: [
        {
          host: 'shop.example.org',
          http: {
            paths: [{ path: '/a', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            { podSelector: { matchLabels: selector } },
            { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
          ],
          ports: [{ port: 80, endPort: 90, protocol: 'TCP' }],
        },
      ],
      egress: [
        {
          to: [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }] } }],
          ports: [{ port: 'dns', protocol: 'UDP' }],
        },
      ],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'rich' },
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
        { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '200Mi' } } },
      ],
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 300,
          selectPolicy: 'Max',
          policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
        },
      },
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    rules: [{ apiGroups: ['batch'], resources: ['jobs'], resourceNames: ['x'], verbs: ['get'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'held' }],
  },
];

export const richObjects: readonly KubeObject[] = objects.map(
  (object) => ({ metadata: metadata('rich'), ...object }) as KubeObject,
);

export const httpRoute: KubeObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: metadata('rich'),
  spec: {
    parentRefs: [{ name: 'gateway', namespace: 'edge', sectionName: 'https' }],
    hostnames: ['shop.example.org'],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/a' } }], backendRefs: [{ name: 'web', port: 80 }] }],
  },
};
