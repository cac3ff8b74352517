import type { Recogniser } from '../recogniser.ts';

export const opensearch: Recogniser = {
  type: 'opensearch',
  title: 'OpenSearch',
  names: ['opensearch'],
  images: ['opensearch'],
  ports: [{ name: 'http', port: 9200, schemes: ['http', 'https'] }],
  distinctivePort: false,
  scheme: 'https',
  schemes: [],
  credentials: { user: [], password: ['OPENSEARCH_INITIAL_ADMIN_PASSWORD'] },
};
