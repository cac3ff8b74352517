import type { Recogniser } from './recogniser.ts';
import { kafka, memcached, nats, rabbitmq, redis } from './recognisers/caches-and-queues.ts';
import { clickhouse, mongo, mysql, neo4j, postgres } from './recognisers/databases.ts';
import { chroma, elasticsearch, milvus, opensearch, qdrant, weaviate } from './recognisers/search-and-vectors.ts';
import { keycloak, minio, ollama } from './recognisers/storage-and-services.ts';

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
