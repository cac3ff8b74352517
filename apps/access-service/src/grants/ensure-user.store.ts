import { sql, type Queries } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';

/** The id of a user of this name, who is made where nobody has it yet. */
export async function ensureUser(queries: Queries, name: string, by: string): Promise<string> {
  await queries.count(sql`
    INSERT INTO access.users (id, name, created_by) VALUES (${randomUUID()}::uuid, ${name}, ${by})
    ON CONFLICT (name) DO NOTHING`);
  const [row] = await queries.rows<{ id: string }>(sql`SELECT id FROM access.users WHERE name = ${name}`);
  if (row === undefined) throw new Error('a user was removed while something was given to it');
  return row.id;
}
