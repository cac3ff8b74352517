import { containerEngine } from '../process/container-engine.ts';
import { natsConfig } from './nats-config.ts';
import type { NatsServer } from './nats-options.ts';
import type { NatsOptions } from './nats-options.ts';

const IMAGE = 'nats:2.12.6-alpine';
const PORT = 4222;

/** Starts NATS in a container, or says undefined when no engine answers. Its streams live as long as the container. */
export async function startContainerNats({ accounts = [], nkeys }: NatsOptions): Promise<NatsServer | undefined> {
  const engine = await containerEngine();
  if (!engine) return undefined;
  const content = natsConfig({
    host: '0.0.0.0',
    port: PORT,
    storeDirectory: '/tmp/jetstream',
    accounts,
    ...(nkeys ? { nkeys } : {}),
  });
  const container = await new engine.GenericContainer(IMAGE)
    .withCopyContentToContainer([{ content, target: '/etc/nats/ushadow.conf' }])
    .withCommand(['-c', '/etc/nats/ushadow.conf'])
    .withExposedPorts(PORT)
    .withWaitStrategy(engine.Wait.forLogMessage(/Server is ready/))
    .start();
  return {
    url: `nats://${container.getHost()}:${container.getMappedPort(PORT)}`,
    source: 'container',
    stop: async () => {
      await container.stop();
    },
  };
}
