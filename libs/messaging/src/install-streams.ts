import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { InstallerOptions } from './bus-identity.ts';
import { ensureStreams } from './ensure-streams.ts';
import { natsOptions } from './nats-options.ts';

/** Makes the streams and their consumers as the one user that may; the services only take from them. */
export async function installStreams({ user, nkeySeed, ...options }: InstallerOptions): Promise<void> {
  const connection = await connect({ ...natsOptions(options, user, nkeySeed), maxReconnectAttempts: 0 });
  try {
    await ensureStreams(await jetstreamManager(connection, { checkAPI: false }));
  } finally {
    await connection.close();
  }
}
