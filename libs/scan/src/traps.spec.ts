import { describe, expect, it } from '@jest/globals';
import { pod, service, together } from '../testing/cluster-objects.ts';
import { recognisers } from './recognisers.ts';
import { scanServices, type ScanInput } from './scan-services.ts';

const found = (objects: ScanInput) =>
  Object.values(scanServices(objects).infra)
    .filter((result) => result.found)
    .map((result) => `${result.type}=${result.service_name ?? ''}`);

const app = (name: string) => ({ app: name });

describe('I17: what stands beside a database is never taken for it', () => {
  it.each([
    ['mongo-express', 'mongo-express:1.0', 8081],
    ['mongo-express', 'mongo-express:1.0', 27017],
    ['mongodb-exporter', 'percona/mongodb_exporter:0.43', 9216],
    ['mongodb-kubernetes-operator', 'quay.io/mongodb/mongodb-kubernetes-operator:0.12', 27017],
    ['mongo-compass', 'haohanyang/compass-web:0.1', 27017],
    ['redis-exporter', 'oliver006/redis_exporter:v1', 9121],
    ['redis-commander', 'rediscommander/redis-commander', 8081],
    ['redis-insight', 'redis/redisinsight:2', 5540],
    ['redisinsight', 'redislabs/redisinsight:2', 6379],
    ['redis-operator', 'quay.io/opstree/redis-operator:v0.19', 6379],
    ['redis-cache-warmer-job', 'acme/warmer:1', 8080],
    ['pgadmin', 'dpage/pgadmin4:8', 80],
    ['pgadmin', 'dpage/pgadmin4:8', 5432],
    ['postgres-adminer', 'adminer:4', 8080],
    ['postgres-backup', 'prodrigestivill/postgres-backup-local:17', 5432],
    ['postgres-exporter', 'quay.io/prometheuscommunity/postgres-exporter', 9187],
    ['pgbouncer', 'edoburu/pgbouncer:1.23', 5432],
    ['postgres-operator', 'ghcr.io/zalando/postgres-operator:v1', 8080],
    ['phpmyadmin', 'phpmyadmin:5', 80],
    ['mysqld-exporter', 'prom/mysqld-exporter:v0.16', 9104],
    ['kafka-ui', 'provectuslabs/kafka-ui', 8080],
    ['kafka-ui', 'kafbat/kafka-ui', 9092],
    ['kafdrop', 'obsidiandynamics/kafdrop', 9000],
    ['akhq', 'tchiotludo/akhq', 8080],
    ['kafka-connect', 'debezium/connect:3', 8083],
    ['kafka-rest', 'confluentinc/cp-kafka-rest:7', 8082],
    ['schema-registry', 'confluentinc/cp-schema-registry:7', 8081],
    ['zookeeper', 'zookeeper:3.9', 2181],
    ['redpanda-console', 'docker.redpanda.com/redpandadata/console:v2', 8080],
    ['kibana', 'kibana:8.17', 5601],
    ['elasticsearch-exporter', 'quay.io/prometheuscommunity/elasticsearch-exporter', 9114],
    ['opensearch-dashboards', 'opensearchproject/opensearch-dashboards:2', 5601],
    ['elasticvue', 'cars10/elasticvue', 8080],
    ['rabbitmq-exporter', 'kbudde/rabbitmq-exporter', 9419],
    ['rabbitmq-management', 'rabbitmq:4-management', 15672],
    ['rabbitmq-cluster-operator', 'rabbitmqoperator/cluster-operator:2', 5672],
    ['nats-box', 'natsio/nats-box:0.16', 4222],
    ['nats-surveyor', 'natsio/nats-surveyor:0.9', 7777],
    ['memcached-exporter', 'quay.io/prometheus/memcached-exporter', 9150],
    ['minio-console', 'minio/minio', 9001],
    ['minio-operator', 'quay.io/minio/operator:v7', 4221],
    ['clickhouse-keeper', 'clickhouse/clickhouse-keeper:24', 9181],
    ['clickhouse-backup', 'altinity/clickhouse-backup:2', 7171],
    ['tabix', 'spoonest/clickhouse-tabix-web-client', 80],
    ['milvus-attu', 'zilliz/attu:v2', 3000],
    ['neo4j-browser', 'acme/neo4j-browser:5', 7474],
    ['ollama-webui', 'ghcr.io/open-webui/open-webui:ollama', 8080],
    ['chroma-admin', 'fengzhichao/chromadb-admin', 3001],
    ['keycloak-operator', 'quay.io/keycloak/keycloak-operator:26', 8080],
    ['keycloak-config-cli', 'adorsys/keycloak-config-cli:6', 8080],
    ['queue', 'apache/activemq-artemis:2', 5672],
    ['graph', 'memgraph/memgraph:2', 7687],
    ['metrics-store', 'crate:5', 5432],
    ['sonar', 'sonarqube:lts', 9000],
    ['portainer', 'portainer/portainer-ce', 9000],
    ['alertmanager', 'prom/alertmanager:v0.27', 9093],
    ['shop-api', 'acme/shop:1', 8080],
    ['redis-worker-api', 'acme/api:1', 8080],
  ])('%s (%s, port %i)', (name, image, port) => {
    expect(
      found(together(service(name, { selector: app(name), ports: [[undefined, port]] }), pod('p', app(name), [image]))),
    ).toEqual([]);
  });

  it.each([
    ['mongo-express', 8081],
    ['mongo-express', 27017],
    ['redis-exporter', 9121],
    ['redis-commander', 6379],
    ['redis-api', 8080],
    ['postgres-operator', 8080],
    ['postgres-exporter', 9187],
    ['kafka-ui', 9092],
    ['kafka-connect-api', 8083],
    ['elasticsearch-exporter', 9114],
    ['minio-console', 9001],
    ['milvus-etcd', 2379],
    ['keycloak-operator', 8080],
    ['alertmanager', 9093],
  ])('nor by its name alone: %s, port %i, no pod to be seen', (name, port) => {
    expect(found(service(name, { selector: app(name), ports: [[undefined, port]] }))).toEqual([]);
  });

  it('a word before the type says whose it is', () => {
    const unseen = (name: string, port: number) =>
      found(service(name, { selector: app(name), ports: [[undefined, port]] }));
    expect(unseen('web-postgres', 5432)).toEqual(['postgres=web-postgres']);
    expect(unseen('keycloak-postgresql', 5432)).toEqual(['postgres=keycloak-postgresql']);
    expect(unseen('milvus-minio', 9000)).toEqual(['minio=milvus-minio']);
    expect(unseen('gateway-redis', 6379)).toEqual(['redis=gateway-redis']);
  });

  it('an application with a cache in its own pod is no cache', () => {
    const containers = [['acme/shop:1'], ['redis:7']] as const;
    const behind = (port: number) =>
      found(
        together(
          service('shop', { selector: app('shop'), ports: [['http', port]] }),
          pod('shop-1', app('shop'), ...containers),
        ),
      );
    expect(behind(8080)).toEqual([]);
    expect(behind(6379)).toEqual(['redis=shop']);
  });

  it('a database on a port of its own choosing is found by its image, a helper in its pod or not', () => {
    const at = (...containers: Parameters<typeof pod>[2][]) =>
      found(
        together(
          service('store', { selector: app('store'), ports: [['db', 7000]] }),
          pod('store-0', app('store'), ...containers),
        ),
      );
    expect(at(['redis:7'])).toEqual(['redis=store']);
    expect(at(['redis:7'], ['oliver006/redis_exporter:v1'])).toEqual(['redis=store']);
    expect(at(['redis:7'], ['acme/app:1'])).toEqual([]);
  });
});

describe('every kind the issue names', () => {
  const wanted = [
    ...['mongo', 'redis', 'postgres', 'qdrant', 'neo4j', 'mysql', 'rabbitmq', 'kafka', 'nats', 'memcached'],
    ...['elasticsearch', 'opensearch', 'minio', 'clickhouse', 'milvus', 'weaviate', 'chroma', 'ollama', 'keycloak'],
  ];

  it('R48–R52: has a recogniser, and no other type has one', () => {
    expect(recognisers.map(({ type }) => type)).toEqual(wanted);
  });

  it('has words and images of its own', () => {
    for (const list of [recognisers.flatMap(({ names }) => names), recognisers.flatMap(({ images }) => images)]) {
      expect(new Set(list).size).toBe(list.length);
    }
  });

  it.each(
    recognisers.flatMap(({ type, images, ports: [main] }) => images.map((image) => [image, type, main.port] as const)),
  )('the image %s on its usual port is %s', (image, type, port) => {
    const objects = together(
      service('store', { selector: app('store'), ports: [[undefined, port]] }),
      pod('store-0', app('store'), [`registry.example:5000/team/${image}:1.2@sha256:00`]),
    );
    expect(found(objects)).toEqual([`${type}=store`]);
    expect(scanServices(objects).infra[type]?.confidence).toBe('high');
  });
});
