import { deleteOld, identifier, sql, type Chore, type Queries, type Sql } from '@ushadow/postgres';

const table = identifier('catalog', 'uploads');

/** What was asked of deployer-service: names of uploads, and which of them it knows. */
export interface AskedUses {
  readonly asked: readonly string[];
  readonly known: readonly string[];
}

export async function namesOfUploads(queries: Queries): Promise<string[]> {
  return (await queries.rows<{ name: string }>(sql`SELECT name FROM ${table} ORDER BY name`)).map(({ name }) => name);
}

/** Somebody is about to make something of it. */
export async function noteUse(queries: Queries, name: string): Promise<void> {
  await queries.count(sql`UPDATE ${table} SET goes_at = NULL WHERE name = ${name} AND goes_at IS NOT NULL`);
}

/**
 * Says of uploads that nothing is made of, and that nothing is saved for, when they go; and deletes those whose time has
 * come. What was not asked about is left as it is.
 */
export function unusedUploads({ asked, known }: AskedUses, keepDays: number): Chore[] {
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
    deleteOld('uploads', { table, where: (now) => sql`goes_at < ${now} AND ${isUnused}` }),
  ];
}

/** Somebody has set or saved something for it. */
const isCaredFor: Sql = sql`(
  EXISTS (SELECT FROM catalog.settings WHERE project = uploads.name)
  OR EXISTS (SELECT FROM catalog.saved_variables WHERE starts_with(service_id, uploads.name || ':')))`;
