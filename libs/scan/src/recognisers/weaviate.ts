import type { Recogniser } from '../recogniser.ts';

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
