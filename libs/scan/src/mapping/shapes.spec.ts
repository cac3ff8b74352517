import { describe, expect, it } from '@jest/globals';
import { service, together } from '../../testing/cluster-objects.ts';
import { recognisers } from '../recognisers.ts';
import { scanServices } from '../scan-services.ts';
import { mapInfrastructure } from './map-infrastructure.ts';

/** One Service for every type, called like it, with all ports that applications use. */
const { infra } = scanServices(
  together(
    ...recognisers.map(({ type, ports }) =>
      service(type, {
        ports: ports.filter(({ use }) => use !== 'inner').map(({ name, port }) => [name, port] as const),
      }),
    ),
  ),
);
const value = (variable: string, declared?: string) => mapInfrastructure(variable, declared, infra)?.value;
const H = (name: string) => `${name}.infra.svc.cluster.local`;

describe('M9: a mapped value keeps the shape of its default', () => {
  it.each([
    // Lists: one address stands for all.
    ['KAFKA_BOOTSTRAP_SERVERS', 'kafka1:9092,kafka2:9092, kafka3:9092', `${H('kafka')}:9092`],
    ['BOOTSTRAP_SERVERS', 'kafka:29092', `${H('kafka')}:9092`],
    ['KAFKA_BROKERS', 'PLAINTEXT://kafka1:9092,PLAINTEXT://kafka2:9092', `PLAINTEXT://${H('kafka')}:9092`],
    ['KAFKA_BROKER_URL', 'SASL_SSL://kafka:9093', `SASL_SSL://${H('kafka')}:9093`],
    ['NATS_SERVERS', 'nats://n1:4222,nats://n2:4222', `nats://${H('nats')}:4222`],
    ['MEMCACHED_SERVERS', 'm1:11211,m2:11211', `${H('memcached')}:11211`],
    ['ELASTICSEARCH_HOSTS', 'http://es01:9200,http://es02:9200', `http://${H('elasticsearch')}:9200`],
    ['ELASTICSEARCH_HOSTS', 'es01,es02', H('elasticsearch')],
    ['ELASTICSEARCH_HOSTS', '["http://elasticsearch:9200"]', `["http://${H('elasticsearch')}:9200"]`],
    ['OPENSEARCH_HOSTS', '["https://os1:9200", "https://os2:9200"]', `["https://${H('opensearch')}:9200"]`],
    ['OLLAMA_BASE_URLS', 'http://a:11434;http://b:11434', `http://${H('ollama')}:11434`],
    ['MONGO_URL', 'mongodb://u:p@m1:1,m2:2/db?replicaSet=rs0', `mongodb://u:p@${H('mongo')}:27017/db?replicaSet=rs0`],
    // URLs: only host and port are another's.
    ['AMQP_URL', 'amqp://guest:guest@rabbitmq:5672/%2Fjobs', `amqp://guest:guest@${H('rabbitmq')}:5672/%2Fjobs`],
    ['CELERY_BROKER_URL', 'amqp://guest:guest@rabbitmq//', `amqp://guest:guest@${H('rabbitmq')}:5672//`],
    ['CELERY_BROKER_URL', 'redis://redis:6379/0', `redis://${H('redis')}:6379/0`],
    ['CELERY_RESULT_BACKEND', 'db+postgresql://u:p@db/celery', `db+postgresql://u:p@${H('postgres')}:5432/celery`],
    ['CELERY_WORKER_BROKER_URL', 'redis://redis', `redis://${H('redis')}:6379`],
    [
      'DATABASE_URL',
      'mariadb+pymysql://u:p@db/app?charset=utf8',
      `mariadb+pymysql://u:p@${H('mysql')}:3306/app?charset=utf8`,
    ],
    ['DATABASE_URL', 'postgres://u:p@[::1]:5432/d', `postgres://u:p@${H('postgres')}:5432/d`],
    ['DATABASE_URL', 'postgresql://u@[fd00::10]/d', `postgresql://u@${H('postgres')}:5432/d`],
    ['JDBC_URL', 'jdbc:mysql://db:3306/app?useSSL=false', `jdbc:mysql://${H('mysql')}:3306/app?useSSL=false`],
    ['JDBC_URL', 'jdbc:postgresql://a:1,b:2/app?x=primary', `jdbc:postgresql://${H('postgres')}:5432/app?x=primary`],
    ['KC_DB_URL', 'jdbc:postgresql://postgres/keycloak', `jdbc:postgresql://${H('postgres')}:5432/keycloak`],
    ['KEYCLOAK_URL', 'http://kc:8080/auth?next=a,http://b', `http://${H('keycloak')}:8080/auth?next=a,http://b`],
    ['S3_ENDPOINT', 'http://minio:9000', `http://${H('minio')}:9000`],
    ['S3_ENDPOINT', 'minio:9000', `${H('minio')}:9000`],
    ['OLLAMA_BASE_URL', 'http://host.docker.internal:11434/v1', `http://${H('ollama')}:11434/v1`],
    ['OPENAI_API_BASE', 'http://ollama:11434/v1', `http://${H('ollama')}:11434/v1`],
    ['CLICKHOUSE_MIGRATION_URL', 'clickhouse://clickhouse:9000', `clickhouse://${H('clickhouse')}:9000`],
    ['REDIS_URL', 'redis+sentinel://s1:26380,s2:26380/mymaster', `redis+sentinel://${H('redis')}:26379/mymaster`],
    ['RABBITMQ_MANAGEMENT_URL', 'http://rabbitmq:15672', `http://${H('rabbitmq')}:15672`],
    ['MINIO_CONSOLE_URL', 'http://minio:9001', `http://${H('minio')}:9001`],
    ['WEAVIATE_GRPC_ENDPOINT', 'grpc://weaviate:50051', `grpc://${H('weaviate')}:50051`],
    // Forms that are no URLs.
    ['DB_DSN', 'host=postgres user=u dbname=d', `host=${H('postgres')} user=u dbname=d port=5432`],
    ['POSTGRES_DSN', "host=localhost password='a b' port=9920", `host=${H('postgres')} password='a b' port=5432`],
    ['DATABASE_DSN', 'u:p@tcp(mysql:3306)/app?parseTime=true', `u:p@tcp(${H('mysql')}:3306)/app?parseTime=true`],
    ['REDIS_CONFIGURATION', 'redis:6379,password=pw,ssl=false', `${H('redis')}:6379,password=pw,ssl=false`],
    ['WORDPRESS_DB_HOST', 'db:3306', `${H('mysql')}:3306`],
    ['POSTGRES_HOST', '::1', H('postgres')],
    ['CHROMA_HOST', 'chroma', H('chroma')],
    ['PGHOST', 'localhost', H('postgres')],
    ['PGPORT', '5432', '5432'],
    ['SPRING_DATA_REDIS_HOST', 'localhost', H('redis')],
    ['KAFKA_CONNECT_BOOTSTRAP_SERVERS', 'kafka:9092', `${H('kafka')}:9092`],
    ['ME_CONFIG_MONGODB_SERVER', 'mongo', H('mongo')],
    ['WEB_REDIS_URL', 'redis://redis:6379', `redis://${H('redis')}:6379`],
  ])('%s=%s', (variable, declared, expected) => {
    expect(value(variable, declared)).toBe(expected);
  });

  it.each([
    ['AMQP_URL', `amqp://${H('rabbitmq')}:5672`],
    ['ES_URL', `http://${H('elasticsearch')}:9200`],
    ['KAFKA_BOOTSTRAP_SERVERS', `${H('kafka')}:9092`],
    ['MEMCACHED_SERVERS', `${H('memcached')}:11211`],
    ['NATS_URL', `nats://${H('nats')}:4222`],
    ['OLLAMA_BASE_URL', `http://${H('ollama')}:11434`],
    ['CHROMA_HOST', H('chroma')],
    ['CHROMA_PORT', '8000'],
    ['REDIS_SENTINEL_PORT', '26379'],
    ['RABBITMQ_MANAGEMENT_PORT', '15672'],
    ['KEYCLOAK_POSTGRES_HOST', H('postgres')],
  ])('%s without a default gets what its name asks for', (variable, expected) => {
    expect(value(variable)).toBe(expected);
  });
});

describe('a default of another kind is left alone', () => {
  it.each([
    ['DATABASE_URL', 'sqlite:///data/app.db'],
    ['DATABASE_URL', 'file:./dev.db'],
    ['DATABASE_URL', '/data/postgres/app.sqlite'],
    ['POSTGRES_URL', 'sqlite+aiosqlite:///./x.db'],
    ['SPRING_DATASOURCE_URL', 'jdbc:h2:mem:test'],
    ['SPRING_DATASOURCE_URL', 'jdbc:sqlite:/data/postgres.db'],
    // A socket of the container's own.
    ['DATABASE_URL', 'postgresql:///app'],
    ['DATABASE_URL', 'postgresql://u@/app?host=/var/run/postgresql'],
    ['POSTGRES_HOST', '/var/run/postgresql'],
    ['REDIS_URL', 'unix:///tmp/redis.sock'],
    // Where a server listens.
    ['OLLAMA_HOST', '0.0.0.0'],
    ['OLLAMA_HOST', '0.0.0.0:11434'],
    ['CHROMA_SERVER_HOST', '::'],
    ['KAFKA_LISTENERS', 'PLAINTEXT://0.0.0.0:9092'],
    // The name of a driver or a mode.
    ['DB_CONNECTION', 'pgsql'],
    ['QUEUE_CONNECTION', 'redis'],
    ['CACHE_DRIVER', 'redis'],
    ['CELERY_RESULT_BACKEND', 'redis'],
    ['DB_ENGINE', 'django.db.backends.postgresql'],
    // Elsewhere in the Internet, under its own certificate or as people see it.
    ['S3_ENDPOINT', 'https://s3.amazonaws.com'],
    ['NEO4J_URI', 'neo4j+s://0a1b.databases.neo4j.io'],
    ['REDIS_URL', 'rediss://u:p@eu1-fine-owl-38888.upstash.io:38888'],
    ['MONGODB_URI', 'mongodb+srv://u:p@cluster0.example.net/app'],
    ['KEYCLOAK_URL', 'https://auth.example.com'],
    ['KEYCLOAK_HOSTNAME', 'auth.example.com'],
    ['QDRANT_URL', 'https://0a1b.eu-central.aws.cloud.qdrant.io:6333'],
    // Something beside it.
    ['MINIO_BROWSER_REDIRECT_URL', 'http://localhost:9001'],
    ['KAFKA_ZOOKEEPER_CONNECT', 'zookeeper:2181'],
    ['KAFKA_REST_URL', 'http://kafka-rest:8082'],
    ['MONGO_EXPRESS_URL', 'http://localhost:8081'],
    // Neither names nor addresses.
    ['MYSQL_ROOT_HOST', '%'],
    ['S3_BUCKET', 'minio'],
    ['NEO4J_AUTH', 'neo4j/password'],
    ['REDIS_HOSTS', 'local:redis:6379'],
    ['ES_JAVA_OPTS', '-Xms512m'],
    ['JDBC_URL', 'jdbc:sqlserver://db:1433;databaseName=x'],
  ])('%s=%s', (variable, declared) => {
    expect(value(variable, declared)).toBeUndefined();
  });

  it.each(['CELERY_BROKER_URL', 'DB_HOST', 'S3_ENDPOINT', 'POSTGRES_CONNECTION_STRING', 'REDIS_TLS_URL', 'REDIS_DB'])(
    '%s without a default names nothing that could be given',
    (variable) => {
      expect(value(variable)).toBeUndefined();
    },
  );

  it('a port that was not found is not given: TLS where there is none', () => {
    const plain = scanServices(service('rabbitmq', { ports: [['amqp', 5672]] })).infra;
    expect(mapInfrastructure('RABBITMQ_URL', 'amqps://u:p@rabbitmq:5671/v', plain)).toBeUndefined();
  });
});

describe('endpoints of every kind are put into the shape', () => {
  const found = (endpoint: string) => ({ redis: { found: true, endpoints: [endpoint] } });

  it('IPv6 addresses with brackets where a port follows, and without where none does', () => {
    const ipv6 = found('[fd00::7]:31000');
    expect(mapInfrastructure('REDIS_URL', 'redis://redis:6379/1', ipv6)?.value).toBe('redis://[fd00::7]:31000/1');
    expect(mapInfrastructure('REDIS_HOST', 'redis', ipv6)?.value).toBe('fd00::7');
    expect(mapInfrastructure('REDIS_PORT', '6379', ipv6)?.value).toBe('31000');
  });

  it('I18: the node port of a NodePort Service', () => {
    expect(mapInfrastructure('REDIS_URL', undefined, found('10.0.0.4:31000'))?.value).toBe('redis://10.0.0.4:31000');
  });

  it('https where the Service calls its port so and the default names no scheme', () => {
    const { infra: secured } = scanServices(service('elasticsearch', { ports: [['https', 9200]] }));
    expect(mapInfrastructure('ELASTICSEARCH_URL', undefined, secured)?.value).toBe(
      `https://${H('elasticsearch')}:9200`,
    );
  });
});
