import { join } from 'node:path';
import { MAX_PAYLOAD_BYTES, natsUserConfigs } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { installStreams } from '@ushadow/testing/services';
import { busNkeys } from './bus-nkeys.ts';

const USAGE = `bus: what to do? One of
  keys [FOLDER]     makes the keys of every service's user, where there are none; .ushadow/bus unless told
  config [FOLDER]   prints the users of these keys with their rights, for the configuration of a nats-server
  streams [FOLDER]  makes the streams on NATS_URL, or brings them up to date`;

/** The exit code. */
export async function runBus(
  [command = '', folder]: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<number> {
  const root = repositoryRoot();
  const busKeys = folder ?? join(root, '.ushadow', 'bus');
  const commands: Readonly<Record<string, () => Promise<void>>> = {
    keys: async () => {
      await busNkeys(busKeys);
      say(`bus: the keys are in ${busKeys}; give each service its own file, and all of them services.json`);
    },
    config: async () => {
      const nkeys = await busNkeys(busKeys);
      const users = natsUserConfigs((user) => nkeys[user]);
      say(JSON.stringify({ max_payload: MAX_PAYLOAD_BYTES, authorization: { users } }, undefined, 2));
    },
    streams: async () => {
      const told = await installStreams(root, { natsUrl: env['NATS_URL'] ?? 'nats://127.0.0.1:4222', busKeys });
      if (told !== '') say(told);
      say('bus: the streams are there');
    },
  };
  const run = commands[command];
  if (run === undefined) {
    say(USAGE);
    return 1;
  }
  try {
    await run();
    return 0;
  } catch (error) {
    say(`bus: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
