import type { SavedValue } from '@ushadow/environment';
import { auditDraft } from '@ushadow/messaging';
import { joinSql, sql, type AuditTrail, type Sql } from '@ushadow/postgres';
import type { KeyRing } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { savedVariablesTable } from '../keys/envelope-tables.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import type { Place, SavedEnvironment } from './place.ts';

export interface SavedChanges {
  readonly set: Readonly<Record<string, SavedValue>>;
  readonly reset: readonly string[];
  /** Null takes the user's word back. */
  readonly secrets: Readonly<Record<string, boolean | null>>;
}

type SavedRow = Awaited<ReturnType<Database['prisma']['savedVariable']['findMany']>>[number];

export class SavedVariableStore {
  private readonly database: Database;
  private readonly vault: Vault;
  private readonly trail: AuditTrail;

  constructor(database: Database, ring: KeyRing, trail: AuditTrail) {
    this.database = database;
    this.trail = trail;
    this.vault = new Vault(ring, savedVariablesTable);
  }

  /** By service; a service without anything kept is left out. */
  async find(serviceIds: readonly string[], place: Place | undefined): Promise<ReadonlyMap<string, SavedEnvironment>> {
    if (place === undefined) return new Map();
    const rows = await this.database.prisma.savedVariable.findMany({
      where: { serviceId: { in: [...serviceIds] }, ...place },
    });
    const kept = Map.groupBy(rows, ({ serviceId }) => serviceId);
    return new Map([...kept].map(([id, own]) => [id, this.toEnvironment(own)]));
  }

  /** All changes or none. */
  async change(serviceId: string, place: Place, changes: SavedChanges, actor: string): Promise<void> {
    const { clusterId, namespace } = place;
    const [project = '', service = ''] = serviceId.split(':');
    const own = sql`service_id = ${serviceId} AND cluster_id = ${clusterId} AND namespace = ${namespace}`;
    const changed = [...new Set([...Object.keys(changes.set), ...Object.keys(changes.secrets)])];
    await this.trail.write(
      async (queries) => {
        await queries.count(
          sql`DELETE FROM catalog.saved_variables WHERE ${own} AND variable = ANY(${changes.reset}::text[])`,
        );
        for (const variable of changed) {
          // Its id is what its value is sealed to.
          const [row] = await queries.rows<{ id: string }>(sql`
            INSERT INTO catalog.saved_variables (id, service_id, cluster_id, namespace, variable, updated_at, updated_by)
            VALUES (${randomUUID()}::uuid, ${serviceId}, ${clusterId}, ${namespace}, ${variable}, now(), ${actor})
            ON CONFLICT (service_id, cluster_id, namespace, variable)
              DO UPDATE SET updated_at = excluded.updated_at, updated_by = excluded.updated_by
            RETURNING id`);
          if (row === undefined) throw new Error(`variable ${variable} was not kept`);
          const set = [...this.valueOf(row.id, changes.set[variable]), ...markOf(changes.secrets[variable])];
          if (set.length > 0)
            await queries.count(sql`UPDATE catalog.saved_variables SET ${joinSql(set)} WHERE id = ${row.id}::uuid`);
        }
        await queries.count(sql`
          DELETE FROM catalog.saved_variables
           WHERE ${own} AND envelope IS NULL AND setting_path IS NULL AND is_secret IS NULL`);
        return changed;
      },
      () =>
        auditDraft({
          action: 'values.saved',
          target: serviceId,
          ...{ clusterId, namespace, project, services: [service] },
          details: { set: changed, reset: [...changes.reset] },
        }),
    );
  }

  /** Ids of the services with a variable mapped to the setting; of one project, where it is that project's own. */
  async servicesMappedTo(settingPath: string, project: string | null): Promise<readonly string[]> {
    const rows = await this.database.prisma.savedVariable.groupBy({
      by: ['serviceId'],
      where: { settingPath, ...(project === null ? {} : { serviceId: { startsWith: `${project}:` } }) },
      orderBy: { serviceId: 'asc' },
    });
    return rows.map(({ serviceId }) => serviceId);
  }

  async clusterIds(): Promise<readonly string[]> {
    return (await this.database.prisma.savedVariable.groupBy({ by: ['clusterId'] })).map((row) => row.clusterId);
  }

  async deleteCluster(clusterId: string): Promise<number> {
    return (await this.database.prisma.savedVariable.deleteMany({ where: { clusterId } })).count;
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

  private valueOf(id: string, value: SavedValue | undefined): Sql[] {
    if (value === undefined) return [];
    return 'setting' in value
      ? [sql`setting_path = ${value.setting}, envelope = NULL`]
      : [sql`setting_path = NULL, envelope = ${this.vault.seal(id, value.value)}`];
  }
}

function markOf(isSecret: boolean | null | undefined): Sql[] {
  return isSecret === undefined ? [] : [sql`is_secret = ${isSecret}`];
}
