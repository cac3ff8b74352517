import { auditDraft } from '@ushadow/messaging';
import {
  Maintenance,
  identifier,
  sql,
  type AuditTrail,
  type Chore,
  type MaintenanceParts,
  type Postgres,
  type Sql,
} from '@ushadow/postgres';

const table = identifier('catalog', 'uploads');

/** What was asked of deployer-service: names of uploads, and which of them it knows. */
export interface AskedUses {
  readonly asked: readonly string[];
  readonly known: readonly string[];
}

/** Which uploads nothing is made of, and since when. */
export class UnusedUploadStore {
  private readonly postgres: Postgres;
  private readonly trail: AuditTrail;
  private readonly keepDays: number;

  constructor(postgres: Postgres, trail: AuditTrail, keepDays: number) {
    this.postgres = postgres;
    this.trail = trail;
    this.keepDays = keepDays;
  }

  async names(): Promise<string[]> {
    const rows = await this.postgres.rows<{ name: string }>(sql`SELECT name FROM ${table} ORDER BY name`);
    return rows.map(({ name }) => name);
  }

  /** Somebody is about to make something of it. */
  async noteUse(name: string): Promise<void> {
    await this.postgres.count(sql`UPDATE ${table} SET goes_at = NULL WHERE name = ${name} AND goes_at IS NOT NULL`);
  }

  /** Notes the day of those that are not used, and deletes those whose day has come. Gives how many. */
  async forget(uses: AskedUses, parts: Pick<MaintenanceParts, 'onFailure' | 'clock'>): Promise<number> {
    const { postgres, trail, keepDays } = this;
    const chores = unusedUploads(uses, keepDays, trail);
    const deleted = await new Maintenance({ ...parts, postgres, lockName: 'catalog', chores }).run();
    return deleted?.[UPLOADS] ?? 0;
  }
}

const UPLOADS = 'uploads';
const BATCH = 50;

/**
 * Says of uploads that nothing is made of, and that nothing is saved for, when they go; and deletes those whose time has
 * come. What was not asked about is left as it is.
 */
function unusedUploads({ asked, known }: AskedUses, keepDays: number, trail: AuditTrail): Chore[] {
  const isUnused = sql`(name = ANY (${asked}::text[]) AND name <> ALL (${known}::text[]) AND NOT ${isCaredFor})`;
  return [
    {
      name: 'uploads that go',
      step: async (queries, now) => {
        const goes = sql`${now}::timestamptz + make_interval(days => ${keepDays}::int)`;
        await queries.count(sql`
          UPDATE ${table} SET goes_at = CASE WHEN ${isUnused} THEN ${goes} END
           WHERE name = ANY (${asked}::text[]) AND ${isUnused} <> (goes_at IS NOT NULL)`);
        return { gone: 0 };
      },
    },
    {
      name: UPLOADS,
      step: async (queries, now) => {
        const gone = await queries.rows<{ name: string }>(sql`
          DELETE FROM ${table} WHERE name = ANY (ARRAY(
            SELECT name FROM ${table} WHERE goes_at < ${now} AND ${isUnused} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
          RETURNING name`);
        const entries = gone.map(({ name }) =>
          auditDraft({ action: 'upload.removed', target: name, project: name, details: { unused_days: keepDays } }),
        );
        await trail.append(queries, entries);
        return gone.length < BATCH ? { gone: gone.length } : { gone: gone.length, next: 'more' };
      },
    },
  ];
}

/** Somebody has set or saved something for it. */
const isCaredFor: Sql = sql`(
  EXISTS (SELECT FROM catalog.settings WHERE project = uploads.name)
  OR EXISTS (SELECT FROM catalog.saved_variables WHERE starts_with(service_id, uploads.name || ':')))`;
