import type { Recogniser } from '../recogniser.ts';

/** MongoDB and what speaks its protocol. */
export const mongo: Recogniser = {
  type: 'mongo',
  title: 'MongoDB',
  names: ['mongo', 'mongodb', 'mongod', 'mongos', 'ferretdb', 'psmdb'],
  images: [
    'mongo',
    'mongodb',
    'mongodb-community-server',
    'mongodb-enterprise-server',
    'mongodb-enterprise-database',
    'mongodb-enterprise-database-ubi',
    'mongodb-atlas-local',
    'mongodb-sharded',
    'percona-server-mongodb',
    'ferretdb',
    'ferretdb-eval',
    'documentdb-local',
  ],
  ports: [{ name: 'mongodb', port: 27017 }],
  distinctivePort: true,
  scheme: 'mongodb',
  schemes: ['mongodb'],
  credentials: {
    user: ['MONGO_INITDB_ROOT_USERNAME', 'MONGODB_ROOT_USER', 'MONGODB_USERNAME', 'MONGODB_INITDB_ROOT_USERNAME'],
    password: [
      'MONGO_INITDB_ROOT_PASSWORD',
      'MONGODB_ROOT_PASSWORD',
      'MONGODB_PASSWORD',
      'MONGODB_INITDB_ROOT_PASSWORD',
    ],
  },
};
