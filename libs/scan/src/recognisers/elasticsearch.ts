import type { Recogniser } from '../recogniser.ts';

export const elasticsearch: Recogniser = {
  type: 'elasticsearch',
  title: 'Elasticsearch',
  names: ['elasticsearch', 'elastic'],
  images: ['elasticsearch', 'elasticsearch-oss', 'elasticsearch-wolfi'],
  ports: [{ name: 'http', port: 9200, schemes: ['http', 'https'] }],
  // OpenSearch and others use the same one.
  distinctivePort: false,
  scheme: 'http',
  schemes: [],
  credentials: { user: [], password: ['ELASTIC_PASSWORD', 'ELASTICSEARCH_PASSWORD'] },
};
