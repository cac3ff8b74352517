import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

const spotahome = (component: string) => ({
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/name': 'cache',
  'app.kubernetes.io/part-of': 'redis-failover',
  'redisfailovers.databases.spotahome.com/name': 'cache',
});

export const redisInstallations: readonly Installation[] = [
  {
    made: 'Bitnami’s chart, master and replicas',
    objects: together(
      service('redis-headless', {
        labels: bitnami('redis', 'redis', 'redis'),
        selector: { 'app.kubernetes.io/name': 'redis' },
        headless: true,
        ports: [['tcp-redis', 6379, 'redis']],
      }),
      service('redis-master', {
        labels: bitnami('redis', 'redis', 'master'),
        selector: bitnami('redis', 'redis', 'master'),
        ports: [['tcp-redis', 6379, 'redis']],
      }),
      service('redis-metrics', {
        labels: bitnami('redis', 'redis', 'metrics'),
        selector: { 'app.kubernetes.io/name': 'redis' },
        ports: [['http-metrics', 9121, 'metrics']],
      }),
      service('redis-replicas', {
        labels: bitnami('redis', 'redis', 'replica'),
        selector: bitnami('redis', 'redis', 'replica'),
        ports: [['tcp-redis', 6379, 'redis']],
      }),
      pod(
        'redis-master-0',
        bitnami('redis', 'redis', 'master'),
        ['bitnami/redis:7.4', { redis: 6379 }],
        ['bitnami/redis-exporter:1.67', { metrics: 9121 }],
      ),
      pod('redis-replicas-0', bitnami('redis', 'redis', 'replica'), ['bitnami/redis:7.4', { redis: 6379 }]),
    ),
    chosen: ['redis=redis-master:6379'],
    never: ['redis-metrics'],
  },
  {
    made: 'Bitnami’s chart with Sentinel',
    objects: together(
      service('redis', {
        labels: bitnami('redis', 'redis', 'node'),
        selector: bitnami('redis', 'redis', 'node'),
        ports: [
          ['tcp-redis', 6379],
          ['tcp-sentinel', 26379],
        ],
      }),
      service('redis-headless', {
        labels: bitnami('redis', 'redis', 'node'),
        selector: bitnami('redis', 'redis', 'node'),
        headless: true,
        ports: [
          ['tcp-redis', 6379, 'redis'],
          ['tcp-sentinel', 26379, 'redis-sentinel'],
        ],
      }),
      pod(
        'redis-node-0',
        bitnami('redis', 'redis', 'node'),
        ['bitnami/redis:7.4', { redis: 6379 }],
        ['bitnami/redis-sentinel:7.4', { 'redis-sentinel': 26379 }],
      ),
    ),
    chosen: ['redis=redis:6379'],
  },
  {
    made: 'Spotahome’s operator',
    objects: together(
      service('rfr-cache', {
        labels: spotahome('redis'),
        owner: 'RedisFailover/cache',
        selector: spotahome('redis'),
        headless: true,
        ports: [['http-metrics', 9121]],
      }),
      service('rfrm-cache', {
        labels: { ...spotahome('redis'), 'redisfailovers-role': 'master' },
        owner: 'RedisFailover/cache',
        selector: { ...spotahome('redis'), 'redisfailovers-role': 'master' },
        ports: [['redis', 6379, 'redis']],
      }),
      service('rfrs-cache', {
        labels: { ...spotahome('redis'), 'redisfailovers-role': 'slave' },
        owner: 'RedisFailover/cache',
        selector: { ...spotahome('redis'), 'redisfailovers-role': 'slave' },
        ports: [['redis', 6379, 'redis']],
      }),
      service('rfs-cache', {
        labels: spotahome('sentinel'),
        owner: 'RedisFailover/cache',
        selector: spotahome('sentinel'),
        ports: [['sentinel', 26379]],
      }),
      pod(
        'rfr-cache-0',
        { ...spotahome('redis'), 'redisfailovers-role': 'master' },
        ['redis:6.2-alpine', { redis: 6379 }],
        ['oliver006/redis_exporter:v1.57', { metrics: 9121 }],
      ),
      pod('rfs-cache-1', spotahome('sentinel'), ['redis:6.2-alpine', { sentinel: 26379 }]),
    ),
    chosen: ['redis=rfrm-cache:6379'],
    never: ['rfr-cache', 'rfs-cache'],
  },
  {
    made: 'the redis-ha chart: HAProxy leads to the master',
    objects: together(
      service('cache-redis-ha', {
        labels: { app: 'redis-ha', release: 'cache' },
        selector: { app: 'redis-ha', release: 'cache' },
        headless: true,
        ports: [
          ['tcp-server', 6379, 'redis'],
          ['tcp-sentinel', 26379, 'sentinel'],
        ],
      }),
      ...[0, 1, 2].map((index) =>
        service(`cache-redis-ha-announce-${index}`, {
          labels: { app: 'redis-ha', release: 'cache' },
          selector: { app: 'redis-ha', 'statefulset.kubernetes.io/pod-name': `cache-redis-ha-server-${index}` },
          ports: [
            ['tcp-server', 6379, 'redis'],
            ['tcp-sentinel', 26379, 'sentinel'],
          ],
        }),
      ),
      service('cache-redis-ha-haproxy', {
        labels: { app: 'redis-ha', release: 'cache', component: 'haproxy' },
        selector: { app: 'redis-ha-haproxy', release: 'cache' },
        ports: [['tcp-haproxy', 6379, 'redis']],
      }),
      pod(
        'cache-redis-ha-server-0',
        { app: 'redis-ha', release: 'cache', 'statefulset.kubernetes.io/pod-name': 'cache-redis-ha-server-0' },
        ['redis:7', { redis: 6379 }],
        ['redis:7', { sentinel: 26379 }],
      ),
      pod('haproxy', { app: 'redis-ha-haproxy', release: 'cache' }, ['haproxy:2.9', { redis: 6379 }]),
    ),
    chosen: ['redis=cache-redis-ha-haproxy:6379'],
  },
  {
    made: 'Dragonfly’s operator',
    objects: together(
      service('sessions', {
        labels: { app: 'sessions', 'app.kubernetes.io/name': 'dragonfly' },
        owner: 'Dragonfly/sessions',
        selector: { app: 'sessions', role: 'master' },
        ports: [['redis', 6379]],
      }),
      service('dragonfly-operator-metrics', { selector: { app: 'operator' }, ports: [['https', 8443]] }),
      pod('sessions-0', { app: 'sessions', role: 'master' }, [
        'docker.dragonflydb.io/dragonflydb/dragonfly:v1.25',
        { redis: 6379, admin: 9999 },
      ]),
      pod('operator', { app: 'operator' }, ['docker.dragonflydb.io/dragonflydb/operator:v1.1']),
    ),
    chosen: ['redis=sessions:6379'],
  },
];
