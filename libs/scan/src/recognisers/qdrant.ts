import type { Recogniser } from '../recogniser.ts';

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
