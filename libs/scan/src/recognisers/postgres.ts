import type { Recogniser } from '../recogniser.ts';

export const postgres: Recogniser = {
  type: 'postgres',
  title: 'PostgreSQL',
  names: ['postgres', 'postgresql', 'pgsql', 'timescaledb'],
  images: [
    'postgres',
    'postgresql',
    'postgresql-repmgr',
    'postgis',
    'pgvector',
    'timescaledb',
    'timescaledb-ha',
    'crunchy-postgres',
    'crunchy-postgres-gis',
    'spilo-14',
    'spilo-15',
    'spilo-16',
    'spilo-17',
  ],
  ports: [{ name: 'postgresql', port: 5432 }],
  distinctivePort: true,
  scheme: 'postgresql',
  schemes: ['postgresql', 'postgres'],
  credentials: {
    user: ['POSTGRES_USER', 'POSTGRESQL_USERNAME'],
    password: ['POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD', 'POSTGRES_POSTGRES_PASSWORD'],
  },
};
