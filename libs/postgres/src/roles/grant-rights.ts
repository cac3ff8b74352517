import pg from 'pg';
import type { Client } from 'pg';

/** What may be added to and read, and nothing else, by whoever is not the owner. */
export const INSERT_ONLY: readonly string[] = ['audit_trail'];
const LEDGER = '_prisma_migrations';

/** Gives a service's running role what it needs of the schema, and takes from it whatever else it had. */
export async function grantRights(client: Client, schema: string, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p', 'v')`,
    [pg.escapeIdentifier(schema)],
  );
  const [inSchema, to] = [pg.escapeIdentifier(schema), pg.escapeIdentifier(role)];
  const statements = rows.map(({ name }) => {
    const table = `${inSchema}.${pg.escapeIdentifier(name)}`;
    return `REVOKE ALL ON ${table} FROM ${to}; GRANT ${rightsOn(name)} ON ${table} TO ${to};`;
  });
  // A simple query of several statements is one transaction: nobody sees the rights in between.
  await client.query(`
    GRANT USAGE ON SCHEMA ${inSchema} TO ${to};
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${inSchema} TO ${to};
    ${statements.join('\n')}`);
}

function rightsOn(table: string): string {
  if (table === LEDGER) return 'SELECT';
  return INSERT_ONLY.includes(table) ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE';
}
