import type { Recogniser } from '../recogniser.ts';

export const memcached: Recogniser = {
  type: 'memcached',
  title: 'Memcached',
  names: ['memcached', 'memcache'],
  images: ['memcached'],
  ports: [{ name: 'memcached', port: 11211 }],
  distinctivePort: true,
  scheme: 'memcached',
  schemes: ['memcached', 'memcache'],
  credentials: { user: ['MEMCACHED_USERNAME'], password: ['MEMCACHED_PASSWORD'] },
};
