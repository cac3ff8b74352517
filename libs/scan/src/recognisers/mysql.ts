import type { Recogniser } from '../recogniser.ts';

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
