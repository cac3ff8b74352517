import type { Recogniser } from '../recogniser.ts';

// Search in texts and in vectors.

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

export const qdrant: Recogniser = {
  type: 'qdrant',
  title: 'Qdrant',
  names: ['qdrant'],
  images: ['qdrant'],
  ports: [
    { name: 'http', port: 6333, schemes: ['http', 'https'] },
    { name: 'grpc', port: 6334, schemes: ['grpc'] },
    { name: 'p2p', port: 6335, use: 'inner' },
  ],
  distinctivePort: true,
  scheme: 'http',
  schemes: ['qdrant'],
  credentials: { user: [], password: ['QDRANT__SERVICE__API_KEY'] },
};

export const milvus: Recogniser = {
  type: 'milvus',
  title: 'Milvus',
  names: ['milvus'],
  images: ['milvus'],
  ports: [
    { name: 'grpc', port: 19530, schemes: ['http', 'https', 'grpc'] },
    { name: 'metrics', port: 9091, use: 'inner' },
  ],
  distinctivePort: true,
  scheme: 'http',
  schemes: ['milvus'],
};

export const weaviate: Recogniser = {
  type: 'weaviate',
  title: 'Weaviate',
  names: ['weaviate'],
  images: ['weaviate'],
  ports: [
    { name: 'http', port: 8080, schemes: ['http', 'https'] },
    { name: 'grpc', port: 50051, schemes: ['grpc'] },
    { name: 'metrics', port: 2112, use: 'inner' },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: [],
};

export const chroma: Recogniser = {
  type: 'chroma',
  title: 'Chroma',
  names: ['chroma', 'chromadb'],
  images: ['chroma', 'chromadb'],
  ports: [{ name: 'http', port: 8000, schemes: ['http', 'https'] }],
  distinctivePort: false,
  scheme: 'http',
  schemes: [],
  credentials: { user: [], password: ['CHROMA_SERVER_AUTHN_CREDENTIALS', 'CHROMA_SERVER_AUTH_CREDENTIALS'] },
};
