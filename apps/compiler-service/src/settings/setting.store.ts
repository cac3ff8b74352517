import type { KeyRing } from '@ushadow/secrets';
import type { Setting as Row } from '../generated/prisma/client.ts';
import { settingsColumn } from '../keys/sealed-column.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import type { Setting } from './setting.ts';

export class SettingStore {
  private readonly database: Database;
  private readonly vault: Vault;

  constructor(database: Database, ring: KeyRing) {
    this.database = database;
    this.vault = new Vault(ring, settingsColumn);
  }

  async list(): Promise<readonly Setting[]> {
    const rows = await this.database.setting.findMany({ orderBy: { path: 'asc' } });
    return rows.map((row) => this.fromRow(row));
  }

  async count(): Promise<number> {
    return this.database.setting.count();
  }

  async exist(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.setting.findMany({ where: { path: { in: [...paths] } }, select: { path: true } });
    return new Set(rows.map(({ path }) => path));
  }

  async put({ path, value, ...rest }: Setting): Promise<void> {
    const data = { ...rest, envelope: this.vault.seal(path, value) };
    await this.database.setting.upsert({ where: { path }, create: { path, ...data }, update: data });
  }

  /** False when there was none. */
  async delete(path: string): Promise<boolean> {
    return (await this.database.setting.deleteMany({ where: { path } })).count > 0;
  }

  private fromRow({ envelope, ...row }: Row): Setting {
    return { ...row, value: this.vault.open(row.path, envelope).toString('utf8') };
  }
}
