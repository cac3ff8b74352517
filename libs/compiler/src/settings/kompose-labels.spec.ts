import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../model/settings.ts';
import { settingsFromLabels } from './kompose-labels.ts';
import { labelWriters } from './kompose-writers.ts';

const EXAMPLES: readonly (readonly [Readonly<Record<string, string>>, Settings])[] = [
  [{ 'kompose.service.type': 'Headless' }, { exposure: 'headless' }],
  [{ 'kompose.service.expose': 'true' }, { route: { rules: [{ path: '/' }], tls: false } }],
  [
    { 'kompose.service.expose': 'a.example/x, b.example' },
    {
      route: {
        rules: [
          { host: 'a.example', path: '/x' },
          { host: 'b.example', path: '/' },
        ],
        tls: false,
      },
    },
  ],
  [
    {
      'kompose.service.expose': 'true',
      'kompose.service.expose.tls-secret': 'cert',
      'kompose.service.expose.ingress-class-name': 'nginx',
    },
    { route: { rules: [{ path: '/' }], tls: true, tlsSecret: 'cert', className: 'nginx' } },
  ],
  [{ 'kompose.service.nodeport.port': '30000' }, { nodePort: 30000 }],
  [{ 'kompose.service.external-traffic-policy': 'local' }, { externalTrafficPolicy: 'Local' }],
  [
    { 'kompose.service.group': 'g', 'kompose.service.name_override': 'n' },
    { group: 'g', serviceName: 'n' },
  ],
  [{ 'kompose.serviceaccount-name': 's' }, { serviceAccount: 's' }],
  [{ 'kompose.controller.type': 'statefulset' }, { kind: 'stateful' }],
  [{ 'kompose.controller.port.expose': 'true' }, { hostPorts: true }],
  [{ 'kompose.controller.expose.port': 'true' }, { hostPorts: true }],
  [
    { 'kompose.image-pull-policy': 'always', 'kompose.image-pull-secret': 'a,b' },
    { pullPolicy: 'Always', pullSecrets: ['a', 'b'] },
  ],
  [
    {
      'kompose.init.containers.name': 'i',
      'kompose.init.containers.image': 'busybox',
      'kompose.init.containers.command': '["echo", "$(X)"]',
    },
    { initContainer: { name: 'i', image: 'busybox', command: ['echo', '$(X)'] } },
  ],
  [
    { 'kompose.hpa.cpu': '50%', 'kompose.hpa.memory': '200Mi' },
    { autoscale: { min: 1, max: 3, cpu: '50%', memory: '200Mi' } },
  ],
  [
    { 'kompose.hpa.replicas.min': '2', 'kompose.hpa.replicas.max': '9' },
    { autoscale: { min: 2, max: 9, cpu: '50', memory: '70' } },
  ],
  [
    {
      'kompose.cronjob.schedule': '* * * * *',
      'kompose.cronjob.concurrency_policy': 'forbid',
      'kompose.cronjob.backoff_limit': '2',
    },
    { schedule: { cron: '* * * * *', concurrency: 'Forbid', backoffLimit: 2 } },
  ],
  [{ 'kompose.security-context.fsgroup': '1001' }, { fsGroup: 1001 }],
  [
    {
      'kompose.service.healthcheck.liveness.http_get_path': '/l',
      'kompose.service.healthcheck.liveness.http_get_port': '81',
      'kompose.service.healthcheck.liveness.tcp_port': '82',
    },
    { liveness: { httpPath: '/l', httpPort: 81, tcpPort: 82 } },
  ],
  [
    {
      'kompose.service.healthcheck.readiness.test': 'CMD curl -f x',
      'kompose.service.healthcheck.readiness.http_get_path': '/r',
      'kompose.service.healthcheck.readiness.http_get_port': '83',
      'kompose.service.healthcheck.readiness.tcp_port': '84',
      'kompose.service.healthcheck.readiness.interval': '1m',
      'kompose.service.healthcheck.readiness.timeout': '2s',
      'kompose.service.healthcheck.readiness.retries': '4',
      'kompose.service.healthcheck.readiness.start_period': '5s',
      'kompose.service.healthcheck.readiness.disable': 'true',
    },
    {
      readiness: {
        command: ['curl', '-f', 'x'],
        httpPath: '/r',
        httpPort: 83,
        tcpPort: 84,
        interval: 60,
        timeout: 2,
        retries: 4,
        startPeriod: 5,
        disabled: true,
      },
    },
  ],
  [
    {
      'kompose.volume.size': '3Gi',
      'kompose.volume.storage-class-name': 'fast',
      'kompose.volume.subpath': 's',
      'kompose.volume.type': 'emptydir',
    },
    { storageSize: '3Gi', storageClass: 'fast', storageSubPath: 's', storageType: 'emptyDir' },
  ],
  [
    { 'kompose.ephemeral-storage.limit': '1Gi', 'kompose.ephemeral-storage.request': '1Mi' },
    { ephemeralStorage: { limit: '1Gi', request: '1Mi' } },
  ],
];

describe('settingsFromLabels', () => {
  it.each(EXAMPLES)('%j', (labels, settings) => {
    expect(settingsFromLabels(labels)).toEqual({ settings, unknown: [], invalid: [] });
  });

  it('has an example for every label there is', () => {
    const shown = new Set(EXAMPLES.flatMap(([labels]) => Object.keys(labels)));
    expect(Object.keys(labelWriters).filter((label) => !shown.has(label))).toEqual([]);
  });

  it('finds values that make no sense, and labels that need another one', () => {
    const { settings, invalid } = settingsFromLabels({
      'kompose.service.type': 'door',
      'kompose.service.expose.tls-secret': 'x',
      'kompose.volume.size': 'big',
    });
    expect(settings).toEqual({});
    expect(invalid.map(({ label }) => label).sort()).toEqual([
      'kompose.service.expose.tls-secret',
      'kompose.service.type',
      'kompose.volume.size',
    ]);
  });
});
