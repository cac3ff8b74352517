import type { Recogniser } from '../recogniser.ts';

export const minio: Recogniser = {
  type: 'minio',
  title: 'MinIO',
  names: ['minio'],
  images: ['minio', 'aistor'],
  ports: [
    { name: 'api', port: 9000, schemes: ['http', 'https', 's3'] },
    { name: 'console', port: 9001, schemes: [], use: 'side' },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: ['minio'],
  credentials: {
    user: ['MINIO_ROOT_USER', 'MINIO_ACCESS_KEY'],
    password: ['MINIO_ROOT_PASSWORD', 'MINIO_SECRET_KEY'],
  },
};
