import type { Recogniser } from '../recogniser.ts';

// Databases: SQL, documents, graphs, columns.

/** PostgreSQL, what is made of it, and the pool in front of it that Bitnami's chart makes. */
export const postgres: Recogniser = {
  type: 'postgres',
  title: 'PostgreSQL',
  names: ['postgres', 'postgresql', 'pgsql', 'pg', 'timescaledb', 'postgis', 'spilo', 'pgpool'],
  variableNames: ['postgresdb'],
  images: [
    'postgres',
    'postgresql',
    'postgresql-repmgr',
    'postgresql-ha',
    'postgres-ha',
    'postgres-documentdb',
    'postgresml',
    'pgpool',
    'postgis',
    'pgvector',
    'pgvecto-rs',
    'vchord-postgres',
    'timescaledb',
    'timescaledb-ha',
    'paradedb',
    'citus',
    'crunchy-postgres',
    'crunchy-postgres-gis',
    'percona-distribution-postgresql',
    'spilo',
    'spilo-13',
    'spilo-14',
    'spilo-15',
    'spilo-16',
    'spilo-17',
    'spilo-18',
  ],
  ports: [{ name: 'postgresql', port: 5432 }],
  distinctivePort: true,
  scheme: 'postgresql',
  schemes: ['postgresql', 'postgres', 'pgsql', 'timescaledb'],
  keywords: true,
  credentials: {
    user: ['POSTGRES_USER', 'POSTGRESQL_USERNAME', 'PGUSER_SUPERUSER'],
    password: ['POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD', 'POSTGRES_POSTGRES_PASSWORD', 'PGPASSWORD_SUPERUSER'],
  },
};

/** MySQL and MariaDB: one protocol, one port, one kind of connection string. */
export const mysql: Recogniser = {
  type: 'mysql',
  title: 'MySQL or MariaDB',
  names: ['mysql', 'mariadb', 'percona', 'galera', 'pxc', 'innodbcluster'],
  images: [
    'mysql',
    'mariadb',
    'mariadb-galera',
    'mysql-server',
    'community-server',
    'enterprise-server',
    'community-router',
    'enterprise-router',
    'mysql-router',
    'percona',
    'percona-server',
    'percona-xtradb-cluster',
  ],
  ports: [
    { name: 'mysql', port: 3306 },
    { name: 'mysqlx', port: 33060, use: 'side' },
  ],
  distinctivePort: true,
  scheme: 'mysql',
  schemes: ['mysql', 'mysql2', 'mariadb'],
  credentials: {
    user: ['MYSQL_USER', 'MARIADB_USER'],
    password: ['MYSQL_PASSWORD', 'MARIADB_PASSWORD', 'MYSQL_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD'],
  },
};

/** MongoDB and what has its protocol. */
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

export const neo4j: Recogniser = {
  type: 'neo4j',
  title: 'Neo4j',
  names: ['neo4j'],
  images: ['neo4j'],
  ports: [
    { name: 'bolt', port: 7687, schemes: ['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'] },
    { name: 'http', port: 7474, schemes: ['http'] },
    { name: 'https', port: 7473, schemes: ['https'] },
    { name: 'backup', port: 6362, use: 'inner' },
  ],
  portNames: ['bolt'],
  distinctivePort: true,
  scheme: 'bolt',
  schemes: ['bolt', 'neo4j'],
  credentials: { user: [], password: ['NEO4J_AUTH'] },
};

export const clickhouse: Recogniser = {
  type: 'clickhouse',
  title: 'ClickHouse',
  names: ['clickhouse'],
  images: ['clickhouse', 'clickhouse-server'],
  ports: [
    { name: 'http', port: 8123, schemes: ['http', 'clickhouse+http'] },
    { name: 'https', port: 8443, schemes: ['https', 'clickhouse+https'] },
    { name: 'native', port: 9000, schemes: ['clickhouse', 'clickhouse+native', 'tcp'] },
    { name: 'interserver', port: 9009, use: 'inner' },
    { name: 'metrics', port: 9363, use: 'inner' },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: ['clickhouse', 'clickhousedb'],
  credentials: {
    user: ['CLICKHOUSE_USER', 'CLICKHOUSE_ADMIN_USER'],
    password: ['CLICKHOUSE_PASSWORD', 'CLICKHOUSE_ADMIN_PASSWORD'],
  },
};
