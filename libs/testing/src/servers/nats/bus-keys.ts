import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { natsUsers, type NatsUser } from '@ushadow/contracts';
import { nkeyText, seedText } from './nkey-text.ts';

/** A user's keys as NATS writes them: one to be known by, one that things are sealed to; each with the seed it is made from. */
export type UserKeys = {
  readonly nkey: string;
  readonly nkeySeed: string;
  readonly xkey: string;
  readonly xkeySeed: string;
};

export type BusKeys = Readonly<Record<NatsUser, UserKeys>>;

/** Keys of every user, from 32 bytes for each; random ones by default. */
export function makeBusKeys(
  bytesOf: (user: NatsUser, kind: 'nkey' | 'xkey') => Buffer = () => randomBytes(32),
): BusKeys {
  const keysOf = (user: NatsUser): UserKeys => {
    const [nkey, xkey] = [bytesOf(user, 'nkey'), bytesOf(user, 'xkey')];
    return {
      nkey: nkeyText('user', publicBytes('ed25519', nkey)),
      nkeySeed: seedText('user', nkey),
      xkey: nkeyText('curve', publicBytes('x25519', xkey)),
      xkeySeed: seedText('curve', xkey),
    };
  };
  return Object.fromEntries(natsUsers.map((user) => [user, keysOf(user)])) as BusKeys;
}

/** What nats-server needs of them. */
export function nkeysOf(keys: BusKeys): Readonly<Record<NatsUser, string>> {
  return Object.fromEntries(natsUsers.map((user) => [user, keys[user].nkey])) as Record<NatsUser, string>;
}

/** File of one user's seeds, as NATS_IDENTITY names it. */
export function identityFile(directory: string, user: NatsUser): string {
  return join(directory, `${user}.json`);
}

/** File of everybody's public keys, as NATS_SERVICES names it. */
export function servicesFile(directory: string): string {
  return join(directory, 'services.json');
}

/** Writes the files of a directory, each secret one readable by its owner alone. */
export async function writeBusKeys(directory: string, keys: BusKeys): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  for (const user of natsUsers) {
    const { nkeySeed, xkeySeed } = keys[user];
    await writeFile(identityFile(directory, user), toText({ user, nkey: nkeySeed, xkey: xkeySeed }), { mode: 0o600 });
  }
  const known = Object.fromEntries(natsUsers.map((user) => [user, { nkey: keys[user].nkey, xkey: keys[user].xkey }]));
  await writeFile(servicesFile(directory), toText(known), { mode: 0o600 });
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** What stands before the 32 bytes in PKCS #8; the kind is its last byte but four. */
const PKCS8 = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' } as const;
const KEY_BYTES = 32;

function publicBytes(kind: keyof typeof PKCS8, bytes: Buffer): Buffer {
  const key = Buffer.concat([Buffer.from(PKCS8[kind], 'hex'), bytes]);
  const own = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return createPublicKey(own).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
}
