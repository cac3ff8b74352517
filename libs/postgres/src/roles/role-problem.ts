import type { Client } from 'pg';
import { INSERT_ONLY } from './grant-rights.ts';

interface Standing {
  readonly role: string;
  readonly schema: string | null;
  /** Something of the schema belongs to the role, or to one that it may act as; a superuser may act as any. */
  readonly owns: boolean;
  /** A table that is only added to and that the role could change all the same. */
  readonly changeable: string | null;
}

/** Why a service must not run as the role of this connection, in one sentence; undefined where it may. */
export async function roleProblem(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<Standing>(
    `SELECT current_user AS role, current_schema() AS schema,
            EXISTS (SELECT FROM pg_namespace WHERE nspname = current_schema() AND pg_has_role(nspowner, 'MEMBER'))
            OR EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                        AND pg_has_role(relowner, 'MEMBER')) AS owns,
            (SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1)
                AND relkind = 'r' AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE') LIMIT 1) AS changeable`,
    [INSERT_ONLY],
  );
  const [standing] = rows;
  if (standing === undefined) return undefined;
  const { role, schema, owns, changeable } = standing;
  if (schema === null)
    return `DATABASE_URL: role ${role} sees no schema of its own: migrate as the owner first (MIGRATION_DATABASE_URL), and see to its search_path.`;
  const remedy = 'give it a role that owns nothing, and the owner to MIGRATION_DATABASE_URL.';
  if (owns) return `DATABASE_URL: role ${role} owns what is in schema ${schema}: ${remedy}`;
  if (changeable !== null)
    return `DATABASE_URL: role ${role} may change ${schema}.${changeable}, which is only added to: ${remedy}`;
  return undefined;
}
