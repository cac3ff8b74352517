import { existsSync, readFileSync } from 'node:fs';
import { natsUsers, type NatsUser } from '@ushadow/contracts';
import { makeBusKeys, servicesFile, writeBusKeys } from '@ushadow/testing/servers';

/** The public keys that a NATS server is told, of the folder's keys; made at first use, and with a user that is new. */
export async function busNkeys(directory: string): Promise<Readonly<Record<NatsUser, string>>> {
  const known = read(directory);
  if (known !== undefined) return known;
  await writeBusKeys(directory, makeBusKeys());
  return read(directory) as Record<NatsUser, string>;
}

function read(directory: string): Record<NatsUser, string> | undefined {
  const file = servicesFile(directory);
  if (!existsSync(file)) return undefined;
  const keys = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<NatsUser, { nkey: string }>>;
  if (natsUsers.some((user) => keys[user] === undefined)) return undefined;
  return Object.fromEntries(natsUsers.map((user) => [user, keys[user]?.nkey])) as Record<NatsUser, string>;
}
