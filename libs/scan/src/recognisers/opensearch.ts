import type { Recogniser } from '../recogniser.ts';

export const opensearch: Recogniser = {
  type: 'opensearch',
  title: 'OpenSearch',
  names: ['opensearch'],
  images: ['opensearch'],
  ports: [
    { name: 'http', port: 9200, schemes: ['http', 'https'] },
    { name: 'transport', port: 9300, use: 'inner' },
    { name: 'metrics', port: 9600, use: 'inner' },
  ],
  distinctivePort: false,
  scheme: 'https',
  schemes: ['opensearch'],
  credentials: {
    user: ['OPENSEARCH_USERNAME'],
    password: ['OPENSEARCH_INITIAL_ADMIN_PASSWORD', 'OPENSEARCH_PASSWORD'],
  },
};
