import type { KeyRing } from '@ushadow/secrets';
import { randomBytes } from 'node:crypto';
import type { Database } from '../store/database.store.ts';
import { installationKeysTable } from './envelope-tables.ts';
import { Vault } from './vault.ts';

const KEY_BYTES = 32;

export class InstallationKeyStore {
  private readonly database: Database;
  private readonly vault: Vault;

  constructor(database: Database, ring: KeyRing) {
    this.database = database;
    this.vault = new Vault(ring, installationKeysTable);
  }

  /** The key of that name; the first process to ask makes it. */
  async get(name: string): Promise<Buffer> {
    const envelope = this.vault.seal(name, randomBytes(KEY_BYTES));
    await this.database.prisma.installationKey.createMany({
      data: [{ name, envelope }],
      skipDuplicates: true,
    });
    const kept = await this.database.prisma.installationKey.findUniqueOrThrow({ where: { name } });
    return this.vault.open(name, kept.envelope);
  }
}
