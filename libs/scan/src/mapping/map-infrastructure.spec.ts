import { describe, expect, it } from '@jest/globals';
import { scanServices } from '../scan-services.ts';
import { connectionString } from './connection-string.ts';
import { mapInfrastructure } from './map-infrastructure.ts';

const service = (name: string, ...ports: number[]) => ({
  metadata: { name, namespace: 'infra' },
  spec: { type: 'ClusterIP', clusterIP: '10.0.0.1', ports: ports.map((port) => ({ name: `p${port}`, port })) },
});
const { infra } = scanServices({
  services: [
    service('mongo', 27017),
    service('redis', 6379),
    service('postgres', 5432),
    service('qdrant', 6333, 6334),
    service('neo4j', 7474, 7687),
  ],
});
const value = (variable: string, declared?: string) => mapInfrastructure(variable, declared, infra)?.value;
const H = (name: string) => `${name}.infra.svc.cluster.local`;

describe('mapping infrastructure to variables (R54, M9, B26)', () => {
  it.each<[id: string, variable: string, declared: string | undefined, expected: string | undefined]>([
    ['I1', 'REDIS_URL', 'redis://redis:6379/1', `redis://${H('redis')}:6379/1`],
    [
      'I2',
      'DATABASE_URL',
      'postgresql://ushadow:ushadow@postgres:5432/metamcp',
      `postgresql://ushadow:ushadow@${H('postgres')}:5432/metamcp`,
    ],
    ['I3', 'DATABASE_URL', 'sqlite:////app/data/db.sqlite', undefined],
    ['I4', 'NEO4J_URL', undefined, `bolt://${H('neo4j')}:7687`],
    ['I4', 'NEO4J_URL', 'bolt://neo4j:7687', `bolt://${H('neo4j')}:7687`],
    ['I5', 'QDRANT_BASE_URL', 'qdrant', H('qdrant')],
    ['I6', 'QDRANT_GRPC_PORT', undefined, '6334'],
    ['I6', 'QDRANT_GRPC_PORT', '6334', '6334'],
    ['I7', 'USH_NEO4J_BOLT_PORT', undefined, '7687'],
    ['I8', 'NEO4J_DBMS_SECURITY_PROCEDURES_UNRESTRICTED', undefined, undefined],
    ['I9', 'REDIS_EXPORTER_URL', undefined, undefined],
    ['I10', 'POSTGRES_IMPORT_DIR', undefined, undefined],
    ['I11', 'MONGO_EXPRESS_URL', 'http://mongo-express:8081', undefined],
    ['I12', 'MONGO_HOST_PORT', undefined, '27017'],
    ['I13', 'MONGODB_HOST', undefined, H('mongo')],
    ['I13', 'MONGODB_PASSWORD', undefined, undefined],
    ['I13', 'REDIS_PORT', undefined, '6379'],
    ['I15', 'MONGODB_DATABASE', 'mycelia', undefined],
  ])('%s: %s with default %j', (_id, variable, declared, expected) => {
    expect(value(variable, declared)).toBe(expected);
  });

  it.each(['MONGODB_DATABASE', 'QDRANT_PORT', 'REDIS_URL'])(
    'I14: %s keeps its default when nothing was found',
    (name) => {
      expect(mapInfrastructure(name, '6333', scanServices({ services: [] }).infra)).toBeUndefined();
    },
  );

  it('I16: user and password are URL-encoded when they are put into a URL', () => {
    const url = connectionString({
      scheme: 'mongodb',
      user: 'a@b',
      password: 'p/w:?',
      endpoint: 'h:27017',
      path: 'db',
      query: { authSource: 'admin' },
    });
    expect(url).toBe('mongodb://a%40b:p%2Fw%3A%3F@h:27017/db?authSource=admin');
    expect(connectionString({ scheme: 'redis', password: 'p', endpoint: 'h:1' })).toBe('redis://:p@h:1');
    expect(connectionString({ scheme: 'redis', endpoint: 'h:1' })).toBe('redis://h:1');
  });

  it.each([
    ['CELERY_BROKER', 'redis://:pw@localhost:6379/0?x=1', `redis://:pw@${H('redis')}:6379/0?x=1`],
    ['DATABASE_URL', 'postgresql+asyncpg://u:p%40@db/d', `postgresql+asyncpg://u:p%40@${H('postgres')}:5432/d`],
    ['DATABASE_URL', 'postgres://u:p@ss@db:5432/d', `postgres://u:p@ss@${H('postgres')}:5432/d`],
    ['DATABASE_URL', 'postgres://u:p/w@db:5432/d', `postgres://u:p/w@${H('postgres')}:5432/d`],
    ['SPRING_URL', 'jdbc:postgresql://db:5432/d', `jdbc:postgresql://${H('postgres')}:5432/d`],
    ['MONGO_URL', 'mongodb://a:1,b:2/db?replicaSet=rs0', `mongodb://${H('mongo')}:27017/db?replicaSet=rs0`],
    ['DB_HOST', 'postgres', H('postgres')],
    ['CACHE_ADDR', 'redis:6379', `${H('redis')}:6379`],
    ['QDRANT_URL', 'http://localhost:6333', `http://${H('qdrant')}:6333`],
    ['VECTOR_URL', 'http://qdrant:6334', `http://${H('qdrant')}:6334`],
    ['NEO4J_HTTP_URL', undefined, `http://${H('neo4j')}:7474`],
    ['NEO4J_URL', 'http://neo4j:7474', `http://${H('neo4j')}:7474`],
    ['NEO4J_PORT', '7474', '7474'],
    ['NEO4J_URI', 'neo4j://neo4j', `neo4j://${H('neo4j')}:7687`],
  ])('keeps the shape of the default: %s=%s', (variable, declared, expected) => {
    expect(value(variable, declared)).toBe(expected);
  });

  it.each([
    ['CACHE_BACKEND', 'redis'],
    ['DB_TYPE', 'postgres'],
    ['POSTGRES_URL', 'mysql://db:3306/x'],
    ['MONGO_URL', 'mongodb+srv://u:p@cluster0.example.net/db'],
    ['NEO4J_dbms_connector_http_listen__address', '0.0.0.0:7474'],
    ['KAFKA_ADVERTISED_LISTENERS', 'kafka://kafka:9092'],
    ['REDIS_URL', 'https://redis-rest.example.com'],
    ['OPENAI_BASE_URL', 'https://api.openai.com/v1'],
    ['POSTGRES_ENABLED', 'true'],
    ['REDIS_URL', 'not a url'],
  ])('leaves %s=%s alone', (variable, declared) => {
    expect(value(variable, declared)).toBeUndefined();
  });

  it('says where the value comes from (U23)', () => {
    expect(mapInfrastructure('REDIS_URL', undefined, infra)).toEqual({
      value: `redis://${H('redis')}:6379`,
      type: 'redis',
      endpoint: `${H('redis')}:6379`,
      reason: 'Redis found by the scan (Service infra/redis)',
    });
  });

  it('does not give a port that the Service does not have', () => {
    const { infra: without } = scanServices({ services: [service('qdrant', 6333)] });
    expect(mapInfrastructure('QDRANT_GRPC_PORT', '6334', without)).toBeUndefined();
  });
});
