import { containerEngine } from '../process/container-engine.ts';
import { MAX_CONNECTIONS } from './postgres-options.ts';
import type { PostgresOptions, PostgresServer } from './postgres-options.ts';

const IMAGE = 'postgres:18-alpine';
const PORT = 5432;

/** Starts Postgres in a container, or says undefined when no engine answers. Its data lives as long as the container. */
export async function startContainerPostgres({ password }: PostgresOptions): Promise<PostgresServer | undefined> {
  const engine = await containerEngine();
  if (!engine) return undefined;
  const container = await new engine.GenericContainer(IMAGE)
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withCommand(['postgres', '-c', `max_connections=${MAX_CONNECTIONS}`])
    .withExposedPorts(PORT)
    .withWaitStrategy(engine.Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  const url = `postgres://postgres:${encodeURIComponent(password)}@${container.getHost()}:${container.getMappedPort(PORT)}/postgres`;
  return {
    url,
    source: 'container',
    stop: async () => {
      await container.stop();
    },
  };
}
