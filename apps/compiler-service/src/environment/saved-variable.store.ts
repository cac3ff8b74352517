import type { SavedValue } from '@ushadow/environment';
import type { KeyRing } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { savedVariablesColumn } from '../keys/sealed-column.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import type { Place } from './place.ts';
import type { SavedEnvironment } from './saved-environment.ts';

export interface SavedChanges {
  readonly set: Readonly<Record<string, SavedValue>>;
  readonly reset: readonly string[];
  /** Null takes the user's word back. */
  readonly secrets: Readonly<Record<string, boolean | null>>;
}

type SavedRow = Awaited<ReturnType<Database['savedVariable']['findMany']>>[number];

export class SavedVariableStore {
  private readonly database: Database;
  private readonly vault: Vault;

  constructor(database: Database, ring: KeyRing) {
    this.database = database;
    this.vault = new Vault(ring, savedVariablesColumn);
  }

  /** By service; a service without anything kept is left out. */
  async find(serviceIds: readonly string[], place: Place | undefined): Promise<ReadonlyMap<string, SavedEnvironment>> {
    if (place === undefined) return new Map();
    const rows = await this.database.savedVariable.findMany({
      where: { serviceId: { in: [...serviceIds] }, ...place },
    });
    const kept = Map.groupBy(rows, ({ serviceId }) => serviceId);
    return new Map([...kept].map(([id, own]) => [id, this.toEnvironment(own)]));
  }

  /** All changes or none. */
  async change(serviceId: string, place: Place, changes: SavedChanges, actor: string): Promise<void> {
    const updated = { updatedAt: new Date(), updatedBy: actor };
    await this.database.$transaction(async (transaction) => {
      const of = { serviceId, ...place };
      await transaction.savedVariable.deleteMany({ where: { ...of, variable: { in: [...changes.reset] } } });
      for (const variable of new Set([...Object.keys(changes.set), ...Object.keys(changes.secrets)])) {
        const key = { serviceId_clusterId_namespace_variable: { ...of, variable } };
        const known = await transaction.savedVariable.findUnique({ where: key, select: { id: true } });
        const id = known?.id ?? randomUUID();
        const data = { ...updated, ...this.valueOf(id, changes.set[variable]), ...markOf(changes.secrets[variable]) };
        await transaction.savedVariable.upsert({ where: key, create: { id, ...of, variable, ...data }, update: data });
      }
      await transaction.savedVariable.deleteMany({
        where: { ...of, envelope: null, settingPath: null, isSecret: null },
      });
    });
  }

  /** Ids of the services with a variable mapped to the setting; of one project, where it is that project's own. */
  async servicesMappedTo(settingPath: string, project: string | null): Promise<readonly string[]> {
    const rows = await this.database.savedVariable.groupBy({
      by: ['serviceId'],
      where: { settingPath, ...(project === null ? {} : { serviceId: { startsWith: `${project}:` } }) },
      orderBy: { serviceId: 'asc' },
    });
    return rows.map(({ serviceId }) => serviceId);
  }

  async clusterIds(): Promise<readonly string[]> {
    return (await this.database.savedVariable.groupBy({ by: ['clusterId'] })).map((row) => row.clusterId);
  }

  async deleteCluster(clusterId: string): Promise<number> {
    return (await this.database.savedVariable.deleteMany({ where: { clusterId } })).count;
  }

  private toEnvironment(rows: readonly SavedRow[]): SavedEnvironment {
    const values = rows.flatMap(({ id, variable, envelope, settingPath }): [string, SavedValue][] => {
      if (settingPath !== null) return [[variable, { setting: settingPath }]];
      return envelope === null ? [] : [[variable, { value: this.vault.open(id, envelope).toString('utf8') }]];
    });
    const secrets = rows.flatMap(({ variable, isSecret }): [string, boolean][] =>
      isSecret === null ? [] : [[variable, isSecret]],
    );
    return { values: Object.fromEntries(values), secrets: Object.fromEntries(secrets) };
  }

  private valueOf(id: string, value: SavedValue | undefined) {
    if (value === undefined) return {};
    return 'setting' in value
      ? { settingPath: value.setting, envelope: null }
      : { settingPath: null, envelope: this.vault.seal(id, value.value) };
  }
}

function markOf(isSecret: boolean | null | undefined): { isSecret?: boolean | null } {
  return isSecret === undefined ? {} : { isSecret };
}
