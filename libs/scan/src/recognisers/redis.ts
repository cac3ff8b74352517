import type { Recogniser } from '../recogniser.ts';

/** Redis and what speaks its protocol. */
export const redis: Recogniser = {
  type: 'redis',
  title: 'Redis',
  names: ['redis', 'valkey', 'keydb', 'dragonfly', 'dragonflydb', 'kvrocks', 'garnet', 'redict'],
  images: [
    'redis',
    'redis-stack',
    'redis-stack-server',
    'redis-cluster',
    'redismod',
    'rejson',
    'redisearch',
    'valkey',
    'valkey-bundle',
    'valkey-cluster',
    'keydb',
    'dragonfly',
    'kvrocks',
    'garnet',
    'redict',
  ],
  ports: [
    { name: 'redis', port: 6379 },
    { name: 'sentinel', port: 26379, use: 'side' },
  ],
  distinctivePort: true,
  scheme: 'redis',
  schemes: ['redis', 'rediss', 'valkey', 'valkeys'],
  credentials: { user: [], password: ['REDIS_PASSWORD', 'VALKEY_PASSWORD', 'KEYDB_PASSWORD', 'DFLY_requirepass'] },
};
