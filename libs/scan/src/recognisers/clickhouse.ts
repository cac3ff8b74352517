import type { Recogniser } from '../recogniser.ts';

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
