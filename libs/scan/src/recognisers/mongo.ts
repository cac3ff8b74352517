import type { Recogniser } from '../recogniser.ts';

export const mongo: Recogniser = {
  type: 'mongo',
  title: 'MongoDB',
  names: ['mongo', 'mongodb', 'mongod'],
  images: [
    'mongo',
    'mongodb',
    'mongodb-community-server',
    'mongodb-enterprise-server',
    'mongodb-atlas-local',
    'mongodb-sharded',
    'percona-server-mongodb',
  ],
  ports: [{ name: 'mongodb', port: 27017 }],
  distinctivePort: true,
  scheme: 'mongodb',
  schemes: ['mongodb'],
  credentials: {
    user: ['MONGO_INITDB_ROOT_USERNAME', 'MONGODB_ROOT_USER', 'MONGODB_USERNAME'],
    password: ['MONGO_INITDB_ROOT_PASSWORD', 'MONGODB_ROOT_PASSWORD', 'MONGODB_PASSWORD'],
  },
};
