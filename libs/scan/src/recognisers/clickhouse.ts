import type { Recogniser } from '../recogniser.ts';

export const clickhouse: Recogniser = {
  type: 'clickhouse',
  title: 'ClickHouse',
  names: ['clickhouse'],
  images: ['clickhouse', 'clickhouse-server'],
  ports: [
    { name: 'http', port: 8123, schemes: ['http', 'clickhouse+http'] },
    { name: 'https', port: 8443, schemes: ['https'] },
    { name: 'native', port: 9000, schemes: ['clickhouse', 'tcp'] },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: ['clickhouse'],
  credentials: { user: ['CLICKHOUSE_USER'], password: ['CLICKHOUSE_PASSWORD'] },
};
