import type { Recogniser } from '../recogniser.ts';

export const elasticsearch: Recogniser = {
  type: 'elasticsearch',
  title: 'Elasticsearch',
  names: ['elasticsearch', 'elastic'],
  variableNames: ['es'],
  images: ['elasticsearch', 'elasticsearch-oss', 'elasticsearch-wolfi'],
  ports: [
    { name: 'http', port: 9200, schemes: ['http', 'https'] },
    { name: 'transport', port: 9300, use: 'inner' },
  ],
  // OpenSearch and others use the same one.
  distinctivePort: false,
  scheme: 'http',
  schemes: ['elasticsearch'],
  credentials: { user: [], password: ['ELASTIC_PASSWORD', 'ELASTICSEARCH_PASSWORD'] },
};
