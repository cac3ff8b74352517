import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

export const otherInstallations: readonly Installation[] = [
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
];
