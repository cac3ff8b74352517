import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { connectProblem } from '../bus-admission.ts';
import type { InstallerOptions } from '../bus-identity.ts';
import { natsOptions } from '../nats-options.ts';
import { reconcileStreams } from './reconcile-streams.ts';

/**
 * Makes the streams and their consumers as the one user that may; the services only take from them.
 * @returns a sentence for each that was otherwise than declared
 * @throws Error with one sentence for people when the server does not let it
 */
export async function installStreams({ user, nkeySeed, ...options }: InstallerOptions): Promise<string[]> {
  const connecting = { ...natsOptions(options, user, nkeySeed), maxReconnectAttempts: 0 };
  const connection = await connect(connecting).catch((cause: unknown) => {
    throw new Error(connectProblem(user, cause) ?? 'The NATS server does not answer.', { cause });
  });
  try {
    return await reconcileStreams(await jetstreamManager(connection, { checkAPI: false }));
  } finally {
    await connection.close();
  }
}
