import { pod, service, together } from '../cluster-objects.ts';
import { bitnami, type Installation } from './installation.ts';

export const mysqlInstallations: readonly Installation[] = [
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
];
