import type { TestDatabase } from '@ushadow/testing';
import pg from 'pg';

/** By name of a table, of whatever schema: every row of it as text. */
export async function tablesOf({ adminUrl }: TestDatabase): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found = new Map<string, readonly string[]>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${name} AS t`);
      found.set(
        name,
        rows.map(({ row }) => row),
      );
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Every row of every table of the services, as text. */
export async function databaseDump(database: TestDatabase): Promise<string> {
  const tables = [...(await tablesOf(database))];
  return tables.map(([name, rows]) => `${name}\n${rows.join('\n')}`).join('\n');
}
