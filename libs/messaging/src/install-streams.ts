import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { connectProblem } from './bus-admission.ts';
import type { InstallerOptions } from './bus-identity.ts';
import { ensureStreams } from './ensure-streams.ts';
import { natsOptions } from './nats-options.ts';

/**
 * Makes the streams and their consumers as the one user that may; the services only take from them.
 * @throws Error with one sentence for people when the server does not let it
 */
export async function installStreams({ user, nkeySeed, ...options }: InstallerOptions): Promise<void> {
  const connecting = { ...natsOptions(options, user, nkeySeed), maxReconnectAttempts: 0 };
  const connection = await connect(connecting).catch((cause: unknown) => {
    throw new Error(connectProblem(user, cause) ?? 'The NATS server does not answer.', { cause });
  });
  try {
    await ensureStreams(await jetstreamManager(connection, { checkAPI: false }));
  } finally {
    await connection.close();
  }
}
