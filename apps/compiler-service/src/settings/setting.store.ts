import type { AuditAction } from '@ushadow/contracts';
import { auditDraft, type Change } from '@ushadow/messaging';
import { joinSql, sql, type AuditDraft, type AuditTrail, type Queries } from '@ushadow/postgres';
import type { KeyRing } from '@ushadow/secrets';
import type { SourcePlace } from '../catalog/project-source.ts';
import type { Setting as Row } from '../generated/prisma/client.ts';
import { settingsTable } from '../keys/envelope-tables.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import { isVisible, SETTINGS_MAX, tooManySettings, type Setting } from './setting.ts';

type Key = Pick<Setting, 'path' | 'project'>;
type Viewer = Pick<SourcePlace, 'stem' | 'origin'>;

/** Values of one project that are kept unless it has others. */
export interface KeptValues {
  readonly project: string;
  readonly values: readonly Pick<Setting, 'path' | 'value' | 'isSecret'>[];
  readonly updatedBy: string;
}

export class SettingStore {
  private readonly database: Database;
  private readonly vault: Vault;
  private readonly trail: AuditTrail;

  constructor(database: Database, ring: KeyRing, trail: AuditTrail) {
    this.database = database;
    this.trail = trail;
    this.vault = new Vault(ring, settingsTable);
  }

  async list(): Promise<readonly Setting[]> {
    const rows = await this.database.prisma.setting.findMany({ orderBy: [{ path: 'asc' }, { id: 'asc' }] });
    return rows.map((row) => this.fromRow(row));
  }

  /** What a project may use: a setting of its own stands before one of the installation with its path. */
  async visibleTo(project: Viewer): Promise<readonly Setting[]> {
    const rows = await this.database.prisma.setting.findMany({ where: forProject(project), orderBy: { path: 'asc' } });
    const visible = rows.filter((row) => isVisible(row, project));
    const own = new Set(visible.filter((row) => row.project !== null).map(({ path }) => path));
    return visible.filter((row) => row.project !== null || !own.has(row.path)).map((row) => this.fromRow(row));
  }

  async count(): Promise<number> {
    return this.database.prisma.setting.count();
  }

  /** Those of its own alone: they go with it. */
  async countOf(project: string): Promise<number> {
    return this.database.prisma.setting.count({ where: { project } });
  }

  async exists(key: Key): Promise<boolean> {
    return (await this.database.prisma.setting.count({ where: { id: idOf(key) } })) > 0;
  }

  /** Those of the paths that a project may use. */
  async existFor(project: Viewer, paths: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.prisma.setting.findMany({
      where: { path: { in: [...paths] }, ...forProject(project) },
      select: { path: true, project: true, forUploads: true },
    });
    return new Set(rows.filter((row) => isVisible(row, project)).map(({ path }) => path));
  }

  async put(setting: Setting): Promise<void> {
    const { path, project, forUploads, value, isSecret, updatedAt, updatedBy } = setting;
    const id = idOf(setting);
    await this.trail.write(
      (queries) =>
        queries.count(sql`
          INSERT INTO catalog.settings (id, path, project, for_uploads, envelope, is_secret, updated_at, updated_by)
          VALUES (${id}, ${path}, ${project}, ${forUploads}, ${this.vault.seal(id, value)}, ${isSecret},
                  ${updatedAt}::timestamptz, ${updatedBy})
          ON CONFLICT (id) DO UPDATE
            SET for_uploads = excluded.for_uploads, envelope = excluded.envelope, is_secret = excluded.is_secret,
                updated_at = excluded.updated_at, updated_by = excluded.updated_by`),
      () =>
        auditDraft({
          ...about('setting.set', setting),
          details: { is_secret: isSecret, for_uploads: forUploads },
        }),
    );
  }

  /**
   * Gives a project values of its own, inside the caller's transaction; one that it has stays. Paths of those that were
   * added, and what the audit says of them. Throws TOO_MANY_SETTINGS.
   */
  async keep(
    queries: Queries,
    { project, values, updatedBy }: KeptValues,
  ): Promise<{ readonly added: readonly string[]; readonly drafts: readonly AuditDraft[] }> {
    if (values.length === 0) return { added: [], drafts: [] };
    const rows = values
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, value, isSecret }) => {
        const id = idOf({ path, project });
        return sql`(${id}, ${path}, ${project}, false, ${this.vault.seal(id, value)}, ${isSecret}, now(), ${updatedBy})`;
      });
    const inserted = await queries.rows<{ path: string; is_secret: boolean }>(sql`
      INSERT INTO catalog.settings (id, path, project, for_uploads, envelope, is_secret, updated_at, updated_by)
      VALUES ${joinSql(rows)} ON CONFLICT (id) DO NOTHING RETURNING path, is_secret`);
    const [{ count = 0 } = {}] = await queries.rows<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM catalog.settings`,
    );
    if (inserted.length > 0 && count > SETTINGS_MAX) throw tooManySettings();
    return {
      added: inserted.map(({ path }) => path),
      drafts: inserted.map(({ path, is_secret: isSecret }) =>
        auditDraft({
          ...about('setting.set', { path, project }),
          details: { is_secret: isSecret, for_uploads: false },
        }),
      ),
    };
  }

  /** False when there was none. */
  async delete(key: Key): Promise<boolean> {
    const removed = await this.trail.write(
      async (queries) => {
        const count = await queries.count(sql`DELETE FROM catalog.settings WHERE id = ${idOf(key)}`);
        return count > 0 ? count : undefined;
      },
      () => auditDraft(about('setting.removed', key)),
    );
    return removed !== undefined;
  }

  private fromRow({ envelope, id, ...row }: Row): Setting {
    return { ...row, value: this.vault.open(id, envelope).toString('utf8') };
  }
}

/** No path has a slash. */
function idOf({ path, project }: Key): string {
  return project === null ? path : `${project}/${path}`;
}

function forProject({ stem }: Viewer) {
  return { OR: [{ project: null }, { project: stem }] };
}

function about(action: AuditAction, { path, project }: Key): Change {
  return { action, target: path, ...(project === null ? {} : { project }) };
}
