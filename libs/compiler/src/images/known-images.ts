import { own } from '@ushadow/kubernetes';

/** What is known of an image by its name, without asking a registry. */
export interface KnownImage {
  /** Keeps data, and one process owns it. */
  readonly database: boolean;
  readonly ports: readonly number[];
  /** The group that must be able to write its volumes, where it does not start as root. */
  readonly group?: number;
  /** Folders that it wants to itself: a fresh file system has `lost+found`, and it does not start beside that. */
  readonly emptyFolders?: readonly string[];
  /** The variable that says another such folder. */
  readonly emptyFolderVariable?: string;
  /** It starts only where such a folder belongs to the user it runs as. */
  readonly ownsFolder?: true;
}

const database = (...ports: number[]): KnownImage => ({ database: true, ports });
const program = (...ports: number[]): KnownImage => ({ database: false, ports });
const unprivileged = (group: number): KnownImage => ({ ...program(), group });

const postgres: KnownImage = {
  ...database(5432),
  emptyFolders: ['/var/lib/postgresql/data'],
  emptyFolderVariable: 'PGDATA',
  ownsFolder: true,
};
const mysql: KnownImage = { ...database(3306), emptyFolders: ['/var/lib/mysql'] };
const kafka: KnownImage = {
  ...database(9092),
  group: 1000,
  emptyFolders: ['/var/lib/kafka/data', '/tmp/kraft-combined-logs', '/tmp/kafka-logs'],
};

const grafana: KnownImage = { ...program(3000), group: 472 };

/** By the last part of the repository name, or the last two. */
const IMAGES: Readonly<Record<string, KnownImage>> = {
  postgres,
  postgresql: postgres,
  postgis: postgres,
  pgvector: postgres,
  timescaledb: postgres,
  'timescaledb-ha': postgres,
  'pgvecto-rs': postgres,
  mysql,
  'mysql-server': mysql,
  mariadb: mysql,
  percona: mysql,
  mongo: database(27017),
  mongodb: database(27017),
  redis: database(6379),
  'redis-stack': database(6379, 8001),
  'redis-stack-server': database(6379),
  valkey: database(6379),
  keydb: database(6379),
  dragonfly: database(6379),
  rabbitmq: database(5672),
  clickhouse: database(8123, 9000),
  'clickhouse-server': database(8123, 9000),
  elasticsearch: { ...database(9200, 9300), group: 1000 },
  opensearch: { ...database(9200, 9300), group: 1000 },
  cassandra: database(9042),
  scylla: database(9042),
  couchdb: database(5984),
  cockroach: database(26257, 8080),
  influxdb: database(8086),
  neo4j: database(7474, 7687),
  nats: database(4222),
  kafka,
  'cp-kafka': kafka,
  zookeeper: database(2181),
  'cp-zookeeper': { ...database(2181), group: 1000 },
  etcd: database(2379),
  minio: database(9000),
  qdrant: database(6333, 6334),
  milvus: database(19530),
  weaviate: database(8080),
  chroma: database(8000),
  meilisearch: database(7700),
  typesense: database(8108),
  surrealdb: database(8000),
  arangodb: database(8529),
  rethinkdb: database(28015),
  mssql: { ...database(1433), group: 10001 },
  memcached: program(11211),
  ollama: program(11434),
  grafana,
  'grafana-oss': grafana,
  'grafana-enterprise': grafana,
  prometheus: { ...program(9090), group: 65534 },
  loki: { ...program(3100), group: 10001 },
  n8n: { ...program(5678), group: 1000 },
  jenkins: { ...program(8080), group: 1000 },
  sonarqube: { ...program(9000), group: 1000 },
  nexus3: { ...program(8081), group: 200 },
  'opensearch-dashboards': unprivileged(1000),
  kibana: unprivileged(1000),
  logstash: unprivileged(1000),
  alertmanager: unprivileged(65534),
  pushgateway: unprivileged(65534),
  thanos: unprivileged(1001),
  tempo: unprivileged(10001),
  mimir: unprivileged(10001),
  'node-red': unprivileged(1000),
  'mattermost-team-edition': unprivileged(2000),
  'mattermost-enterprise-edition': unprivileged(2000),
  pgadmin4: unprivileged(5050),
  keycloak: unprivileged(1000),
  solr: unprivileged(8983),
  nifi: unprivileged(1000),
  emqx: unprivileged(1000),
  airflow: unprivileged(50000),
  directus: unprivileged(1000),
  verdaccio: unprivileged(10001),
  'code-server': unprivileged(1000),
  sftpgo: unprivileged(1000),
  'nginx-unprivileged': unprivileged(101),
  'goauthentik/server': unprivileged(1000),
  odoo: unprivileged(101),
  mastodon: unprivileged(991),
  superset: unprivileged(1000),
  vikunja: unprivileged(1000),
  'rocket.chat': unprivileged(65533),
  'base-notebook': unprivileged(100),
  'minimal-notebook': unprivileged(100),
  'scipy-notebook': unprivileged(100),
  'datascience-notebook': unprivileged(100),
};

/** Images of Bitnami all run as one user, who is in no group but root's. */
const BITNAMI = /(^|\/)bitnami(legacy|secure)?\/[^/]+$/;
const BITNAMI_GROUP = 1001;

/** Forges whose usual image starts as root. */
const ROOTLESS = /(^|\/)(gitea|forgejo):[^@/]*rootless/;

const MSSQL = /^mcr\.microsoft\.com\/(mssql\/server|azure-sql-edge)(?::|@|$)/;

export function knownImage(reference: string): KnownImage | undefined {
  if (MSSQL.test(reference)) return IMAGES['mssql'];
  const known = ROOTLESS.test(reference) ? unprivileged(1000) : byName(reference);
  return BITNAMI.test(withoutTag(reference)) ? { ...(known ?? program()), group: BITNAMI_GROUP } : known;
}

function byName(reference: string): KnownImage | undefined {
  const [last = '', owner] = withoutTag(reference).split('/').toReversed();
  return own(IMAGES, `${owner ?? ''}/${last}`) ?? own(IMAGES, last);
}

/** The last part of the repository name. */
export function imageName(reference: string): string {
  return withoutTag(reference).split('/').at(-1) ?? '';
}

/** Without tag and digest. */
export function withoutTag(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}
