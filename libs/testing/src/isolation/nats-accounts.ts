import { join } from 'node:path';
import { createNew } from '../files/create-new.ts';
import type { NatsAccount } from '../servers/nats/nats-server.ts';
import { testVariable } from './test-environment.ts';

const ACCOUNTS = 500;

/** The accounts a test run's NATS server is started with. */
export const testAccounts: readonly NatsAccount[] = Array.from({ length: ACCOUNTS }, (_, index) => ({
  name: `test-${index}`,
  password: 'test',
}));

/** A NATS account of one test file: subjects, streams and consumers of other files are out of its sight. */
export type TestNats = { readonly account: string; readonly url: string };

const taken = new Map<string, Promise<TestNats>>();

/** The account of a test file (`import.meta.url`); asked again, the same one. */
export function natsFor(testFile: string): Promise<TestNats> {
  const known = taken.get(testFile) ?? takeAccount();
  taken.set(testFile, known);
  return known;
}

async function takeAccount(): Promise<TestNats> {
  const url = new URL(testVariable('natsUrl'));
  for (const { name, password } of testAccounts) {
    // Making the file is the claim.
    if (!(await createNew(join(testVariable('state'), name)))) continue;
    url.username = name;
    url.password = password;
    return { account: name, url: url.href.replace(/\/$/, '') };
  }
  throw new Error(`all ${ACCOUNTS} NATS accounts of this test run are taken`);
}
