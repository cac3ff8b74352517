import type { Recogniser } from '../recogniser.ts';

/** Redis and what speaks its protocol. */
export const redis: Recogniser = {
  type: 'redis',
  title: 'Redis',
  names: ['redis', 'valkey', 'keydb', 'dragonfly'],
  images: [
    'redis',
    'redis-stack',
    'redis-stack-server',
    'redis-cluster',
    'valkey',
    'valkey-bundle',
    'keydb',
    'dragonfly',
  ],
  ports: [{ name: 'redis', port: 6379 }],
  distinctivePort: true,
  scheme: 'redis',
  schemes: ['redis', 'rediss', 'valkey'],
  credentials: { user: [], password: ['REDIS_PASSWORD', 'VALKEY_PASSWORD'] },
};
