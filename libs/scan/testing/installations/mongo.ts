import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

export const mongoInstallations: readonly Installation[] = [
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
