import type { Recogniser } from './recogniser.ts';
import { chroma } from './recognisers/chroma.ts';
import { clickhouse } from './recognisers/clickhouse.ts';
import { elasticsearch } from './recognisers/elasticsearch.ts';
import { kafka } from './recognisers/kafka.ts';
import { keycloak } from './recognisers/keycloak.ts';
import { memcached } from './recognisers/memcached.ts';
import { milvus } from './recognisers/milvus.ts';
import { minio } from './recognisers/minio.ts';
import { mongo } from './recognisers/mongo.ts';
import { mysql } from './recognisers/mysql.ts';
import { nats } from './recognisers/nats.ts';
import { neo4j } from './recognisers/neo4j.ts';
import { ollama } from './recognisers/ollama.ts';
import { opensearch } from './recognisers/opensearch.ts';
import { postgres } from './recognisers/postgres.ts';
import { qdrant } from './recognisers/qdrant.ts';
import { rabbitmq } from './recognisers/rabbitmq.ts';
import { redis } from './recognisers/redis.ts';
import { weaviate } from './recognisers/weaviate.ts';

/** Every kind of infrastructure that is looked for, in the order of the results. */
export const recognisers: readonly Recogniser[] = [
  mongo,
  redis,
  postgres,
  qdrant,
  neo4j,
  mysql,
  rabbitmq,
  kafka,
  nats,
  memcached,
  elasticsearch,
  opensearch,
  minio,
  clickhouse,
  milvus,
  weaviate,
  chroma,
  ollama,
  keycloak,
];

export function recogniserOf(type: string): Recogniser | undefined {
  return recognisers.find((recogniser) => recogniser.type === type);
}
