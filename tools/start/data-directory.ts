import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_HOLDERS, SCHEMAS } from '@ushadow/testing/services';
import type { KeyHolder, SchemaName } from '@ushadow/testing/services';
import { isOpenToAll, postgresUser } from '@ushadow/testing/servers';

/** Where `npm start` keeps what outlives it. */
export type DataDirectory = {
  readonly root: string;
  readonly logs: string;
  readonly nats: string;
  /** Keys of the users of the bus. */
  readonly bus: string;
  /** Key rings of the services, a file each. */
  readonly rings: string;
  /** Key rings of their audits, a file each. */
  readonly audit: string;
  readonly sandbox: string;
  /** How far the sandbox cluster is, for the page. */
  readonly sandboxState: string;
  /** Elsewhere for root in a checkout that Postgres's own account cannot enter. */
  readonly postgres: string;
};

export async function prepareDataDirectory(repository: string): Promise<DataDirectory> {
  const root = join(repository, '.ushadow');
  const logs = join(root, 'logs');
  await mkdir(logs, { recursive: true });
  await chmod(root, 0o711); // what lies in it has modes of its own
  const reachable = postgresUser() === undefined || isOpenToAll(root);
  const checkout = createHash('sha256').update(repository).digest('hex').slice(0, 12);
  return {
    root,
    logs,
    nats: join(root, 'nats'),
    bus: join(root, 'bus'),
    rings: join(root, 'rings'),
    audit: join(root, 'audit'),
    sandbox: join(root, 'sandbox'),
    sandboxState: join(root, 'sandbox.json'),
    postgres: reachable ? join(root, 'postgres') : join('/var/lib/ushadow', checkout, 'postgres'),
  };
}

/** A secret of this checkout: made at first use, readable by its owner only. */
export async function persistedSecret(path: string, make: () => string): Promise<string> {
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present) return present.trim();
  const secret = make();
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}

export function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** Key rings of this checkout, one of each service that keeps something encrypted; made at first use. */
export function keyRings({ rings }: DataDirectory): Promise<Readonly<Record<KeyHolder, string>>> {
  return ringsIn(rings, KEY_HOLDERS);
}

/** The same of what the audits are sealed with. */
export function auditRings({ audit }: DataDirectory): Promise<Readonly<Record<SchemaName, string>>> {
  return ringsIn(audit, SCHEMAS);
}

async function ringsIn<Name extends string>(folder: string, names: readonly Name[]): Promise<Record<Name, string>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const read = async (name: Name): Promise<[Name, string]> => [
    name,
    await persistedSecret(join(folder, name), freshKeyRing),
  ];
  return Object.fromEntries(await Promise.all(names.map(read))) as Record<Name, string>;
}

/** Key ring of a fresh installation: one key of 32 bytes, named by the day it was made. */
export function freshKeyRing(): string {
  return `dev-${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`;
}
