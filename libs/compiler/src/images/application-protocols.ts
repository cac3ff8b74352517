import type { Protocol } from '../model/reach.ts';
import { imageName } from './known-images.ts';

/** The application protocol of an image, where it is not HTTP: of every port, or of some. */
const BY_IMAGE: Readonly<Record<string, string | Readonly<Record<number, string>>>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  postgis: 'postgresql',
  pgvector: 'postgresql',
  timescaledb: 'postgresql',
  'timescaledb-ha': 'postgresql',
  'pgvecto-rs': 'postgresql',
  pgbouncer: 'postgresql',
  mysql: 'mysql',
  'mysql-server': 'mysql',
  mariadb: 'mysql',
  percona: 'mysql',
  mongo: 'mongodb',
  mongodb: 'mongodb',
  redis: 'redis',
  valkey: 'redis',
  keydb: 'redis',
  'redis-stack-server': 'redis',
  memcached: 'memcached',
  cockroach: { 26257: 'postgresql' },
  clickhouse: { 9000: 'clickhouse' },
  'clickhouse-server': { 9000: 'clickhouse' },
  elasticsearch: { 9300: 'transport' },
  opensearch: { 9300: 'transport' },
  qdrant: { 6334: 'grpc' },
  milvus: { 19530: 'grpc' },
  rethinkdb: { 28015: 'rethinkdb', 29015: 'rethinkdb' },
  'php-fpm': { 9000: 'fastcgi' },
};

/** Numbers that mean one protocol wherever they occur. */
const BY_PORT: Readonly<Record<number, string>> = {
  21: 'ftp',
  22: 'ssh',
  25: 'smtp',
  53: 'dns',
  110: 'pop3',
  143: 'imap',
  389: 'ldap',
  445: 'smb',
  465: 'smtps',
  587: 'smtp',
  636: 'ldaps',
  853: 'dns-tls',
  993: 'imaps',
  995: 'pop3s',
  1433: 'mssql',
  1521: 'oracle',
  1883: 'mqtt',
  2049: 'nfs',
  2181: 'zookeeper',
  3306: 'mysql',
  3389: 'rdp',
  4222: 'nats',
  5432: 'postgresql',
  5671: 'amqps',
  5672: 'amqp',
  5900: 'vnc',
  6379: 'redis',
  6667: 'irc',
  7687: 'bolt',
  8883: 'mqtts',
  9042: 'cql',
  9092: 'kafka',
  11211: 'memcached',
  27017: 'mongodb',
  50051: 'grpc',
};

/** The application protocol that is known of a port, as a word; undefined where it may be HTTP. */
export function protocolOn(port: number, protocol: Protocol, image: string): string | undefined {
  if (protocol !== 'tcp') return port === 53 ? 'dns' : protocol;
  const known = Object.hasOwn(BY_IMAGE, imageName(image)) ? BY_IMAGE[imageName(image)] : undefined;
  const own = typeof known === 'string' ? known : known?.[port];
  return own ?? (Object.hasOwn(BY_PORT, port) ? BY_PORT[port] : undefined);
}

/** Words that are no registered names of application protocols. */
const UNREGISTERED = new Set(['udp', 'sctp', 'transport', 'dns-tls', 'oracle', 'clickhouse', 'rethinkdb']);

/** The application protocol of a port where it is known. */
export function appProtocolOf(word: string | undefined, port: number, protocol: Protocol): string | undefined {
  if (word !== undefined) return UNREGISTERED.has(word) ? undefined : word;
  return protocol === 'tcp' && port === 443 ? 'https' : undefined;
}
