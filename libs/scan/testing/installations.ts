import type { ScanInput } from '../src/scan-services.ts';
import { pod, service, together } from './cluster-objects.ts';

export interface Installation {
  readonly made: string;
  readonly objects: ScanInput;
  /** `type=Service:port`, of everything that is found. */
  readonly chosen: readonly string[];
  /** Services that must not even be offered. */
  readonly never?: readonly string[];
}

const bitnami = (name: string, instance: string, component: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': instance,
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'Helm',
});

const cnpg = { 'cnpg.io/cluster': 'shop' };
const zalando = { application: 'spilo', 'cluster-name': 'acid-shop', team: 'acid' };
const crunchy = { 'postgres-operator.crunchydata.com/cluster': 'hippo' };

export const postgresInstallations: readonly Installation[] = [
  {
    made: 'CloudNativePG, with a pooler and the operator',
    objects: together(
      service('shop-r', {
        labels: cnpg,
        owner: 'Cluster/shop',
        selector: { ...cnpg, 'cnpg.io/podRole': 'instance' },
        ports: [['postgres', 5432]],
      }),
      service('shop-ro', {
        labels: cnpg,
        owner: 'Cluster/shop',
        selector: { ...cnpg, 'cnpg.io/instanceRole': 'replica' },
        ports: [['postgres', 5432]],
      }),
      service('shop-rw', {
        labels: cnpg,
        owner: 'Cluster/shop',
        selector: { ...cnpg, 'cnpg.io/instanceRole': 'primary' },
        ports: [['postgres', 5432]],
        endpoints: ['shop-1'],
        ready: false,
      }),
      service('shop-pooler-rw', {
        labels: cnpg,
        owner: 'Pooler/shop-pooler-rw',
        selector: { 'cnpg.io/poolerName': 'shop-pooler-rw' },
        ports: [['pgbouncer', 5432, 'pgbouncer']],
      }),
      service('cnpg-webhook-service', {
        selector: { 'app.kubernetes.io/name': 'cloudnative-pg' },
        ports: [['webhook-server', 443, 9443]],
      }),
      pod('shop-1', { ...cnpg, 'cnpg.io/podRole': 'instance', 'cnpg.io/instanceRole': 'primary' }, [
        'ghcr.io/cloudnative-pg/postgresql:17.2',
        { postgresql: 5432, metrics: 9187, status: 8000 },
      ]),
      pod('shop-2', { ...cnpg, 'cnpg.io/podRole': 'instance', 'cnpg.io/instanceRole': 'replica' }, [
        'ghcr.io/cloudnative-pg/postgresql:17.2',
        { postgresql: 5432, metrics: 9187, status: 8000 },
      ]),
      pod('pooler', { 'cnpg.io/poolerName': 'shop-pooler-rw' }, [
        'ghcr.io/cloudnative-pg/pgbouncer:1.23',
        { pgbouncer: 5432 },
      ]),
      pod('operator', { 'app.kubernetes.io/name': 'cloudnative-pg' }, [
        'ghcr.io/cloudnative-pg/cloudnative-pg:1.25',
        { 'webhook-server': 9443 },
      ]),
    ),
    chosen: ['postgres=shop-rw:5432'],
    never: ['shop-pooler-rw', 'cnpg-webhook-service'],
  },
  {
    made: 'Zalando’s operator: Patroni keeps the endpoints of the Service for the leader, which selects nothing',
    objects: together(
      service('acid-shop-repl', {
        labels: { ...zalando, 'spilo-role': 'replica' },
        selector: { ...zalando, 'spilo-role': 'replica' },
        ports: [['postgresql', 5432]],
        endpoints: ['acid-shop-1'],
      }),
      service('acid-shop', {
        labels: { ...zalando, 'spilo-role': 'master' },
        ports: [['postgresql', 5432]],
        endpoints: ['acid-shop-0'],
      }),
      service('acid-shop-config', { labels: zalando, headless: true, ports: [] }),
      service('postgres-operator', {
        labels: { 'app.kubernetes.io/name': 'postgres-operator' },
        selector: { 'app.kubernetes.io/name': 'postgres-operator' },
        ports: [[undefined, 8080]],
      }),
      service('postgres-operator-ui', { selector: { app: 'ui' }, ports: [[undefined, 80, 8081]] }),
      pod('acid-shop-0', { ...zalando, 'spilo-role': 'master' }, [
        'ghcr.io/zalando/spilo-17:4.0-p2',
        { rest: 8008, postgresql: 5432, patroni: 8080 },
      ]),
      pod('acid-shop-1', { ...zalando, 'spilo-role': 'replica' }, [
        'ghcr.io/zalando/spilo-17:4.0-p2',
        { rest: 8008, postgresql: 5432, patroni: 8080 },
      ]),
      pod('operator', { 'app.kubernetes.io/name': 'postgres-operator' }, ['ghcr.io/zalando/postgres-operator:v1.14']),
      pod('ui', { app: 'ui' }, ['ghcr.io/zalando/postgres-operator-ui:v1.14']),
    ),
    chosen: ['postgres=acid-shop:5432'],
    never: ['postgres-operator', 'postgres-operator-ui', 'acid-shop-config'],
  },
  {
    made: 'Crunchy’s operator',
    objects: together(
      service('hippo-ha', {
        labels: crunchy,
        ports: [['postgres', 5432, 'postgres']],
        endpoints: ['hippo-instance-0'],
      }),
      service('hippo-pgbouncer', { labels: crunchy, selector: { app: 'bouncer' }, ports: [['pgbouncer', 5432]] }),
      service('hippo-primary', {
        labels: { ...crunchy, 'postgres-operator.crunchydata.com/role': 'primary' },
        headless: true,
        ports: [['postgres', 5432]],
        endpoints: [],
      }),
      service('hippo-replicas', {
        labels: { ...crunchy, 'postgres-operator.crunchydata.com/role': 'replica' },
        selector: { ...crunchy, 'postgres-operator.crunchydata.com/role': 'replica' },
        ports: [['postgres', 5432, 'postgres']],
      }),
      pod('hippo-instance-0', { ...crunchy, 'postgres-operator.crunchydata.com/role': 'master' }, [
        'registry.developers.crunchydata.com/crunchydata/crunchy-postgres:ubi8-16',
        { postgres: 5432 },
      ]),
      pod('bouncer', { app: 'bouncer' }, ['crunchydata/crunchy-pgbouncer:ubi8', { pgbouncer: 5432 }]),
    ),
    chosen: ['postgres=hippo-primary:5432'],
    never: ['hippo-pgbouncer'],
  },
  {
    made: 'Bitnami’s chart, primary and read replicas',
    objects: together(
      ...['primary', 'read'].flatMap((component) => {
        const labels = bitnami('postgresql', 'db', component);
        return [
          service(`db-postgresql-${component}`, {
            labels,
            selector: labels,
            ports: [['tcp-postgresql', 5432, 'tcp-postgresql']],
          }),
          service(`db-postgresql-${component}-hl`, {
            labels,
            selector: labels,
            headless: true,
            ports: [['tcp-postgresql', 5432, 'tcp-postgresql']],
          }),
          pod(
            `db-postgresql-${component}-0`,
            labels,
            ['docker.io/bitnami/postgresql:17', { 'tcp-postgresql': 5432 }],
            ['docker.io/bitnami/postgres-exporter:0', { 'http-metrics': 9187 }],
          ),
        ];
      }),
      service('db-postgresql-primary-metrics', {
        labels: bitnami('postgresql', 'db', 'metrics'),
        selector: bitnami('postgresql', 'db', 'primary'),
        ports: [['http-metrics', 9187, 'http-metrics']],
      }),
    ),
    chosen: ['postgres=db-postgresql-primary:5432'],
    never: ['db-postgresql-primary-metrics'],
  },
  {
    made: 'Bitnami’s chart for high availability: Pgpool leads to whoever may write',
    objects: together(
      service('db-postgresql', {
        labels: bitnami('postgresql-ha', 'db', 'postgresql'),
        selector: bitnami('postgresql-ha', 'db', 'postgresql'),
        ports: [['postgresql', 5432, 'postgresql']],
      }),
      service('db-postgresql-headless', {
        labels: bitnami('postgresql-ha', 'db', 'postgresql'),
        selector: bitnami('postgresql-ha', 'db', 'postgresql'),
        headless: true,
        ports: [['postgresql', 5432, 'postgresql']],
      }),
      service('db-pgpool', {
        labels: bitnami('postgresql-ha', 'db', 'pgpool'),
        selector: bitnami('postgresql-ha', 'db', 'pgpool'),
        ports: [['postgresql', 5432, 'postgresql']],
      }),
      pod('db-postgresql-0', bitnami('postgresql-ha', 'db', 'postgresql'), [
        'bitnami/postgresql-repmgr:17',
        { postgresql: 5432 },
      ]),
      pod('db-pgpool-1', bitnami('postgresql-ha', 'db', 'pgpool'), ['bitnami/pgpool:4', { postgresql: 5432 }]),
    ),
    chosen: ['postgres=db-pgpool:5432'],
  },
];

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

const strimzi = (name: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'events',
  'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
  'strimzi.io/cluster': 'events',
});
const strimziImage = 'quay.io/strimzi/kafka:0.45.0-kafka-3.9.0';

export const otherInstallations: readonly Installation[] = [
  {
    made: 'Strimzi, with ZooKeeper, Connect, Bridge and the exporter',
    objects: together(
      service('events-kafka-bootstrap', {
        labels: strimzi('kafka'),
        owner: 'Kafka/events',
        selector: strimzi('kafka'),
        ports: [
          ['tcp-replication', 9091],
          ['tcp-clients', 9092],
          ['tcp-clientstls', 9093],
        ],
      }),
      service('events-kafka-0', {
        labels: strimzi('kafka'),
        owner: 'Kafka/events',
        selector: { ...strimzi('kafka'), 'statefulset.kubernetes.io/pod-name': 'events-kafka-0' },
        ports: [['tcp-external', 9094]],
        spec: { type: 'NodePort' },
      }),
      service('events-kafka-brokers', {
        labels: strimzi('kafka'),
        owner: 'Kafka/events',
        selector: strimzi('kafka'),
        headless: true,
        ports: [
          ['tcp-ctrlplane', 9090],
          ['tcp-replication', 9091],
          ['tcp-clients', 9092],
        ],
      }),
      service('events-zookeeper-client', {
        labels: strimzi('zookeeper'),
        owner: 'Kafka/events',
        selector: strimzi('zookeeper'),
        ports: [['tcp-clients', 2181]],
      }),
      service('events-connect-api', {
        labels: strimzi('kafka-connect'),
        owner: 'KafkaConnect/events',
        selector: strimzi('kafka-connect'),
        ports: [['rest-api', 8083]],
      }),
      service('events-bridge-service', {
        labels: strimzi('kafka-bridge'),
        selector: strimzi('kafka-bridge'),
        ports: [['rest-api', 8080]],
      }),
      service('kafka-exporter', {
        labels: strimzi('kafka-exporter'),
        selector: strimzi('kafka-exporter'),
        ports: [['tcp-prometheus', 9404]],
      }),
      pod('events-kafka-0', { ...strimzi('kafka'), 'statefulset.kubernetes.io/pod-name': 'events-kafka-0' }, [
        strimziImage,
        { 'tcp-ctrlplane': 9090, 'tcp-replication': 9091, 'tcp-clients': 9092, 'tcp-external': 9094 },
      ]),
      pod('events-zookeeper-0', strimzi('zookeeper'), [strimziImage, { 'tcp-clients': 2181 }]),
      pod('events-connect-0', strimzi('kafka-connect'), [strimziImage, { 'rest-api': 8083 }]),
      pod('events-bridge-0', strimzi('kafka-bridge'), ['quay.io/strimzi/kafka-bridge:0.31', { 'rest-api': 8080 }]),
      pod('kafka-exporter-0', strimzi('kafka-exporter'), [strimziImage, { 'tcp-prometheus': 9404 }]),
    ),
    chosen: ['kafka=events-kafka-bootstrap:9092'],
    never: ['events-zookeeper-client', 'events-connect-api', 'events-bridge-service', 'kafka-exporter'],
  },
  {
    made: 'Bitnami’s Kafka chart in KRaft mode',
    objects: together(
      service('kafka-controller-headless', {
        labels: bitnami('kafka', 'kafka', 'controller-eligible'),
        selector: bitnami('kafka', 'kafka', 'controller-eligible'),
        headless: true,
        ports: [
          ['tcp-interbroker', 9094, 'interbroker'],
          ['tcp-client', 9092, 'client'],
          ['tcp-controller', 9093, 'controller'],
        ],
      }),
      service('kafka', {
        labels: bitnami('kafka', 'kafka', 'kafka'),
        selector: { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/part-of': 'kafka' },
        ports: [['tcp-client', 9092, 'client']],
      }),
      pod(
        'kafka-controller-0',
        { ...bitnami('kafka', 'kafka', 'controller-eligible'), 'app.kubernetes.io/part-of': 'kafka' },
        ['bitnami/kafka:3.9', { controller: 9093, client: 9092, interbroker: 9094 }],
      ),
    ),
    chosen: ['kafka=kafka:9092'],
  },
  {
    made: 'MongoDB’s community operator',
    objects: together(
      service('orders-svc', {
        labels: { app: 'orders-svc' },
        owner: 'MongoDBCommunity/orders',
        selector: { app: 'orders-svc' },
        headless: true,
        ports: [
          ['mongodb', 27017],
          ['prometheus', 9216],
        ],
        endpoints: ['orders-0'],
      }),
      pod(
        'orders-0',
        { app: 'orders-svc' },
        ['quay.io/mongodb/mongodb-agent-ubi:108.0', {}],
        ['quay.io/mongodb/mongodb-community-server:8.0-ubi8', { mongodb: 27017 }],
      ),
    ),
    chosen: ['mongo=orders-svc:27017'],
  },
  {
    made: 'Percona’s operator for MongoDB, sharded: mongos is what applications use',
    objects: together(
      ...['rs0', 'cfg', 'mongos'].flatMap((part) => {
        const labels = bitnami('percona-server-mongodb', 'orders', part === 'rs0' ? 'mongod' : part);
        const ports = [[part === 'mongos' ? 'mongos' : 'mongodb', 27017]] as const;
        return [
          service(`orders-${part}`, { labels, selector: labels, headless: part !== 'mongos', ports }),
          pod(`orders-${part}-0`, labels, ['percona/percona-server-mongodb:7.0', { mongodb: 27017 }]),
        ];
      }),
    ),
    chosen: ['mongo=orders-mongos:27017'],
  },
  {
    made: 'Bitnami’s MongoDB chart as a replica set, with an arbiter and mongo-express',
    objects: together(
      service('mongodb-arbiter-headless', {
        labels: bitnami('mongodb', 'mongodb', 'arbiter'),
        selector: bitnami('mongodb', 'mongodb', 'arbiter'),
        headless: true,
        ports: [['tcp-mongodb', 27017, 'mongodb']],
      }),
      service('mongodb-headless', {
        labels: bitnami('mongodb', 'mongodb', 'mongodb'),
        selector: bitnami('mongodb', 'mongodb', 'mongodb'),
        headless: true,
        ports: [['mongodb', 27017, 'mongodb']],
      }),
      service('mongodb-metrics', {
        labels: bitnami('mongodb', 'mongodb', 'metrics'),
        selector: bitnami('mongodb', 'mongodb', 'mongodb'),
        ports: [['http-metrics', 9216, 'metrics']],
      }),
      service('mongo-express', { selector: { app: 'mongo-express' }, ports: [['http', 8081]] }),
      pod(
        'mongodb-0',
        bitnami('mongodb', 'mongodb', 'mongodb'),
        ['bitnami/mongodb:8.0', { mongodb: 27017 }],
        ['bitnami/mongodb-exporter:0.43', { metrics: 9216 }],
      ),
      pod('mongodb-arbiter-0', bitnami('mongodb', 'mongodb', 'arbiter'), ['bitnami/mongodb:8.0', { mongodb: 27017 }]),
      pod('mongo-express-1', { app: 'mongo-express' }, ['mongo-express:1.0', { http: 8081 }]),
    ),
    chosen: ['mongo=mongodb-headless:27017'],
    never: ['mongodb-metrics', 'mongo-express'],
  },
  {
    made: 'Oracle’s operator for MySQL: the router leads to the primary',
    objects: together(
      service('sales-instances', {
        labels: { 'mysql.oracle.com/cluster': 'sales', component: 'mysqld' },
        selector: { 'mysql.oracle.com/cluster': 'sales', component: 'mysqld' },
        headless: true,
        ports: [
          ['mysql', 3306],
          ['mysqlx', 33060],
          ['gr-xcom', 33061],
        ],
      }),
      service('sales', {
        labels: { 'mysql.oracle.com/cluster': 'sales', component: 'mysqlrouter' },
        selector: { 'mysql.oracle.com/cluster': 'sales', component: 'mysqlrouter' },
        ports: [
          ['mysql', 3306, 6446],
          ['mysqlx', 33060, 6448],
          ['mysql-alternate', 6446, 6446],
          ['mysql-ro', 6447, 6447],
        ],
      }),
      pod(
        'sales-0',
        { 'mysql.oracle.com/cluster': 'sales', component: 'mysqld' },
        ['container-registry.oracle.com/mysql/community-operator:9.1', {}],
        ['container-registry.oracle.com/mysql/community-server:9.1', { mysql: 3306, mysqlx: 33060, 'gr-xcom': 33061 }],
      ),
      pod('sales-router', { 'mysql.oracle.com/cluster': 'sales', component: 'mysqlrouter' }, [
        'container-registry.oracle.com/mysql/community-router:9.1',
        { mysqlrw: 6446, mysqlro: 6447, mysqlxrw: 6448 },
      ]),
    ),
    chosen: ['mysql=sales:3306'],
  },
  {
    made: 'Bitnami’s MariaDB chart',
    objects: together(
      ...['primary', 'secondary'].flatMap((component) => {
        const labels = bitnami('mariadb', 'wiki', component);
        return [
          service(`wiki-mariadb-${component}`, { labels, selector: labels, ports: [['mysql', 3306, 'mysql']] }),
          service(`wiki-mariadb-${component}-headless`, {
            labels,
            selector: labels,
            headless: true,
            ports: [['mysql', 3306, 'mysql']],
          }),
          pod(`wiki-mariadb-${component}-0`, labels, ['bitnami/mariadb:11.4', { mysql: 3306 }]),
        ];
      }),
    ),
    chosen: ['mysql=wiki-mariadb-primary:3306'],
  },
  {
    made: 'RabbitMQ’s cluster operator',
    objects: together(
      service('jobs-nodes', {
        labels: bitnami('jobs', 'jobs', 'rabbitmq'),
        owner: 'RabbitmqCluster/jobs',
        selector: { 'app.kubernetes.io/name': 'jobs' },
        headless: true,
        ports: [
          ['epmd', 4369],
          ['cluster-rpc', 25672],
        ],
      }),
      service('jobs', {
        labels: bitnami('jobs', 'jobs', 'rabbitmq'),
        owner: 'RabbitmqCluster/jobs',
        selector: { 'app.kubernetes.io/name': 'jobs' },
        ports: [
          ['management', 15672],
          ['prometheus', 15692],
          ['amqp', 5672],
        ],
      }),
      pod('jobs-server-0', { 'app.kubernetes.io/name': 'jobs' }, [
        'rabbitmq:4.0-management',
        { epmd: 4369, amqp: 5672, management: 15672, prometheus: 15692 },
      ]),
    ),
    chosen: ['rabbitmq=jobs:5672'],
    never: ['jobs-nodes'],
  },
  {
    made: 'Elastic’s operator, with Kibana',
    objects: together(
      ...(
        [
          ['search-es-default', 'https', 9200, true],
          ['search-es-http', 'https', 9200, false],
          ['search-es-internal-http', 'https', 9200, false],
          ['search-es-transport', 'tls-transport', 9300, true],
        ] as const
      ).map(([name, portName, port, headless]) =>
        service(name, {
          labels: {
            'common.k8s.elastic.co/type': 'elasticsearch',
            'elasticsearch.k8s.elastic.co/cluster-name': 'search',
          },
          owner: 'Elasticsearch/search',
          selector: { 'elasticsearch.k8s.elastic.co/cluster-name': 'search' },
          headless,
          ports: [[portName, port]],
        }),
      ),
      service('search-kb-http', {
        labels: { 'common.k8s.elastic.co/type': 'kibana' },
        selector: { app: 'kibana' },
        ports: [['https', 5601]],
      }),
      pod('search-es-default-0', { 'elasticsearch.k8s.elastic.co/cluster-name': 'search' }, [
        'docker.elastic.co/elasticsearch/elasticsearch:8.17',
        { https: 9200, transport: 9300 },
      ]),
      pod('search-kb-0', { app: 'kibana' }, ['docker.elastic.co/kibana/kibana:8.17', { https: 5601 }]),
    ),
    chosen: ['elasticsearch=search-es-http:9200'],
    never: ['search-es-transport', 'search-kb-http'],
  },
  {
    made: 'MinIO’s operator',
    objects: together(
      service('files-console', {
        labels: { 'v1.min.io/tenant': 'files' },
        selector: { 'v1.min.io/tenant': 'files' },
        ports: [['https-console', 9443]],
      }),
      service('files-hl', {
        labels: { 'v1.min.io/tenant': 'files' },
        selector: { 'v1.min.io/tenant': 'files' },
        headless: true,
        ports: [['https-minio', 9000]],
      }),
      service('minio', {
        labels: { 'v1.min.io/tenant': 'files' },
        selector: { 'v1.min.io/tenant': 'files' },
        ports: [['https-minio', 443, 9000]],
      }),
      pod(
        'files-pool-0-0',
        { 'v1.min.io/tenant': 'files' },
        ['quay.io/minio/minio:RELEASE.2025', { 'https-minio': 9000 }],
        ['quay.io/minio/operator-sidecar:v7', {}],
      ),
    ),
    chosen: ['minio=minio:443'],
    never: ['files-console'],
  },
  {
    made: 'Altinity’s operator for ClickHouse, with Keeper',
    objects: together(
      service('chi-logs-main-0-0', {
        labels: { 'clickhouse.altinity.com/chi': 'logs' },
        selector: { 'clickhouse.altinity.com/chi': 'logs', 'clickhouse.altinity.com/replica': '0' },
        headless: true,
        ports: [
          ['tcp', 9000],
          ['http', 8123],
          ['interserver', 9009],
        ],
      }),
      service('clickhouse-logs', {
        labels: { 'clickhouse.altinity.com/chi': 'logs' },
        selector: { 'clickhouse.altinity.com/chi': 'logs' },
        ports: [
          ['http', 8123, 'http'],
          ['tcp', 9000, 'tcp'],
        ],
      }),
      service('keeper-logs', { selector: { app: 'keeper' }, ports: [['zk', 2181]] }),
      pod('chi-logs-main-0-0-0', { 'clickhouse.altinity.com/chi': 'logs', 'clickhouse.altinity.com/replica': '0' }, [
        'altinity/clickhouse-server:24.8',
        { tcp: 9000, http: 8123, interserver: 9009 },
      ]),
      pod('keeper-0', { app: 'keeper' }, ['clickhouse/clickhouse-keeper:24.8', { zk: 2181 }]),
    ),
    chosen: ['clickhouse=clickhouse-logs:8123'],
    never: ['keeper-logs'],
  },
  {
    made: 'Milvus, distributed, with its own MinIO and etcd, and Attu',
    objects: together(
      service('vectors-milvus', {
        labels: bitnami('milvus', 'vectors', 'proxy'),
        selector: bitnami('milvus', 'vectors', 'proxy'),
        ports: [
          ['milvus', 19530, 'milvus'],
          ['metrics', 9091, 'metrics'],
        ],
      }),
      service('vectors-milvus-querynode', {
        labels: bitnami('milvus', 'vectors', 'querynode'),
        selector: bitnami('milvus', 'vectors', 'querynode'),
        headless: true,
        ports: [['metrics', 9091, 'metrics']],
      }),
      service('vectors-milvus-attu', { selector: { app: 'attu' }, ports: [['attu', 3000]] }),
      service('vectors-minio', { selector: { app: 'minio' }, ports: [['http', 9000, 9000]] }),
      service('vectors-etcd', {
        labels: bitnami('etcd', 'vectors', 'etcd'),
        selector: { app: 'etcd' },
        ports: [['client', 2379, 'client']],
      }),
      pod('vectors-milvus-proxy', bitnami('milvus', 'vectors', 'proxy'), [
        'milvusdb/milvus:v2.5',
        { milvus: 19530, metrics: 9091 },
      ]),
      pod('vectors-milvus-querynode', bitnami('milvus', 'vectors', 'querynode'), [
        'milvusdb/milvus:v2.5',
        { querynode: 21123, metrics: 9091 },
      ]),
      pod('attu', { app: 'attu' }, ['zilliz/attu:v2.5', { attu: 3000 }]),
      pod('minio', { app: 'minio' }, ['minio/minio:RELEASE.2024', { http: 9000 }]),
      pod('etcd', { app: 'etcd' }, ['milvusdb/etcd:3.5', { client: 2379 }]),
    ),
    chosen: ['minio=vectors-minio:9000', 'milvus=vectors-milvus:19530'],
    never: ['vectors-milvus-querynode', 'vectors-milvus-attu', 'vectors-etcd'],
  },
  {
    made: 'Keycloak’s operator, with a PostgreSQL of its own',
    objects: together(
      service('sso-discovery', {
        labels: { app: 'keycloak', 'app.kubernetes.io/instance': 'sso' },
        selector: { app: 'keycloak' },
        headless: true,
        ports: [[undefined, 7800]],
      }),
      service('sso-service', {
        labels: { app: 'keycloak', 'app.kubernetes.io/instance': 'sso' },
        owner: 'Keycloak/sso',
        selector: { app: 'keycloak' },
        ports: [
          ['https', 8443],
          ['management', 9000],
        ],
      }),
      service('keycloak-postgresql', { selector: { app: 'keycloak-db' }, ports: [['postgres', 5432]] }),
      pod('sso-0', { app: 'keycloak' }, ['quay.io/keycloak/keycloak:26.0', { https: 8443, management: 9000 }]),
      pod('keycloak-db-0', { app: 'keycloak-db' }, ['postgres:17', { postgres: 5432 }]),
    ),
    chosen: ['postgres=keycloak-postgresql:5432', 'keycloak=sso-service:8443'],
    never: ['sso-discovery'],
  },
  {
    made: 'FerretDB before a PostgreSQL',
    objects: together(
      service('docs', { selector: { app: 'ferretdb' }, ports: [['mongodb', 27017]] }),
      service('docs-postgres', { selector: { app: 'documentdb' }, ports: [[undefined, 5432]] }),
      pod('ferretdb', { app: 'ferretdb' }, ['ghcr.io/ferretdb/ferretdb:2.0', {}]),
      pod('documentdb', { app: 'documentdb' }, ['ghcr.io/ferretdb/postgres-documentdb:17', {}]),
    ),
    chosen: ['mongo=docs:27017', 'postgres=docs-postgres:5432'],
  },
];
