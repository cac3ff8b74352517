import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

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
