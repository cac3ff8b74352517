import type { Recogniser } from '../recogniser.ts';

// Caches, queues and logs of events.

/** Redis and what has its protocol. */
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

/** RabbitMQ and what has its protocol. */
export const rabbitmq: Recogniser = {
  type: 'rabbitmq',
  title: 'RabbitMQ',
  names: ['rabbitmq', 'rabbit', 'lavinmq'],
  variableNames: ['amqp'],
  images: ['rabbitmq', 'lavinmq'],
  ports: [
    { name: 'amqp', port: 5672, schemes: ['amqp'] },
    { name: 'amqps', port: 5671, schemes: ['amqps'] },
    { name: 'management', port: 15672, schemes: ['http'], use: 'side' },
    { name: 'metrics', port: 15692, use: 'inner' },
  ],
  portNames: ['amqp', 'amqps'],
  distinctivePort: true,
  scheme: 'amqp',
  schemes: ['amqp', 'amqps', 'pyamqp'],
  credentials: {
    user: ['RABBITMQ_DEFAULT_USER', 'RABBITMQ_USERNAME'],
    password: ['RABBITMQ_DEFAULT_PASS', 'RABBITMQ_PASSWORD'],
  },
};

/** Kafka and what has its protocol. */
export const kafka: Recogniser = {
  type: 'kafka',
  title: 'Kafka',
  names: ['kafka', 'redpanda', 'automq'],
  images: ['kafka', 'cp-kafka', 'cp-server', 'kafka-native', 'confluent-local', 'redpanda', 'automq'],
  ports: [
    { name: 'client', port: 9092, schemes: ['plaintext', 'sasl_plaintext'] },
    { name: 'tls', port: 9093, schemes: ['ssl', 'sasl_ssl'] },
    { name: 'external', port: 9094 },
  ],
  distinctivePort: true,
  scheme: 'kafka',
  schemes: ['kafka'],
};

export const nats: Recogniser = {
  type: 'nats',
  title: 'NATS',
  names: ['nats'],
  images: ['nats', 'nats-server'],
  ports: [
    { name: 'client', port: 4222, schemes: ['nats', 'tls'] },
    { name: 'websocket', port: 8080, schemes: ['ws', 'wss'], use: 'side' },
    { name: 'monitor', port: 8222, schemes: ['http'], use: 'side' },
    { name: 'cluster', port: 6222, use: 'inner' },
  ],
  distinctivePort: true,
  scheme: 'nats',
  schemes: ['nats'],
};
