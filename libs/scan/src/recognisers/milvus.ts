import type { Recogniser } from '../recogniser.ts';

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
