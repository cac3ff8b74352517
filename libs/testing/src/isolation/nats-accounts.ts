import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { natsUsers, type BusUser } from '@ushadow/contracts';
import { createNew } from '../files/create-new.ts';
import { makeBusKeys, nkeysOf, type BusKeys } from '../servers/nats/bus-keys.ts';
import type { NatsAccount } from '../servers/nats/nats-options.ts';
import { withoutUser } from '../servers/nats/nats-options.ts';
import { testVariable } from './test-environment.ts';

const ACCOUNTS = 500;
const PASSWORD = 'test';

/** The accounts a test run's NATS server is started with. */
export function testAccounts(): readonly NatsAccount[] {
  return names.map(testAccount);
}

const names = Array.from({ length: ACCOUNTS }, (_, index) => `test-${index}`);

/** An account whose keys follow from its name: whoever knows the account has them, in whichever process. */
export function testAccount(name: string): NatsAccount {
  return { name, password: PASSWORD, nkeys: nkeysOf(testKeys(name)) };
}

function testKeys(account: string): BusKeys {
  return makeBusKeys((user, kind) => createHash('sha256').update(`${account} ${user} ${kind}`).digest());
}

/** A server's URL for the user of an account that may do anything in it. */
export function adminUrl(server: string, { name, password }: Pick<NatsAccount, 'name' | 'password'>): string {
  const url = new URL(server);
  url.username = name;
  url.password = password;
  return url.href.replace(/\/$/, '');
}

/** What a process needs to be on the bus as one of the users: the options of its connection. */
export type TestBus = {
  readonly url: string;
  readonly identity: {
    readonly user: BusUser;
    readonly nkeySeed: string;
    readonly sealKeys: { readonly publicKey: string; readonly seed: Uint8Array };
    readonly services: Readonly<Record<BusUser, string>>;
  };
};

/**
 * A user on the bus of a test (`natsFor`). It has the rights of that user alone; `asAdmin` it may do anything, and is that user
 * only as far as things are sealed.
 */
export function busOf(natsUrl: string, user: BusUser, { asAdmin = false } = {}): TestBus {
  const keys = keysBehind(natsUrl);
  const services = Object.fromEntries(natsUsers.map((each) => [each, keys[each].xkey]));
  const sealKeys = { publicKey: keys[user].xkey, seed: new TextEncoder().encode(keys[user].xkeySeed) };
  return {
    url: asAdmin ? natsUrl : withoutUser(natsUrl),
    identity: { user, nkeySeed: keys[user].nkeySeed, sealKeys, services: services as Record<BusUser, string> },
  };
}

/** The keys of the account that a URL of `natsFor` names. */
export function keysBehind(natsUrl: string): BusKeys {
  return testKeys(new URL(natsUrl).username);
}

/** A NATS account of one test file: subjects, streams and consumers of other files are not visible to it. */
export type TestNats = { readonly account: string; readonly url: string };

const taken = new Map<string, Promise<TestNats>>();

/** The account of a test file (`import.meta.url`); asked again, the same one. */
export function natsFor(testFile: string): Promise<TestNats> {
  const known = taken.get(testFile) ?? takeAccount();
  taken.set(testFile, known);
  return known;
}

async function takeAccount(): Promise<TestNats> {
  const url = testVariable('natsUrl');
  for (const name of names) {
    // Making the file is the claim.
    if (!(await createNew(join(testVariable('state'), name)))) continue;
    return { account: name, url: adminUrl(url, { name, password: PASSWORD }) };
  }
  throw new Error(`all ${ACCOUNTS} NATS accounts of this test run are taken`);
}
