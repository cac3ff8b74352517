import pg from 'pg';

/** One service's share of a database: a role that owns one schema and nothing else. */
export type Ownership = { readonly schema: string; readonly role: string; readonly password: string };

/**
 * Makes the database, its roles and their schemas, or brings them in line when they exist; nothing of theirs is dropped.
 * Each role may connect, sees only its own schema, and has it as its search path.
 */
export async function provisionDatabase(
  adminUrl: string,
  database: string,
  owners: readonly Ownership[],
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const owner of owners) await ensureRole(client, owner);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${quote(database)} TEMPLATE template0 ENCODING 'UTF8'`);
  });
  await withClient(databaseUrl(adminUrl, database), async (client) => {
    await client.query(`REVOKE ALL ON DATABASE ${quote(database)} FROM PUBLIC`);
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    for (const { schema, role } of owners) {
      await client.query(`GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(role)}`);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(schema)} AUTHORIZATION ${quote(role)}`);
    }
  });
}

/** The same server and user, another database. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** What a service gets as DATABASE_URL. */
export function ownerUrl(adminUrl: string, database: string, { role, password }: Ownership): string {
  const url = new URL(databaseUrl(adminUrl, database));
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function quote(identifier: string): string {
  return pg.escapeIdentifier(identifier);
}

async function ensureRole(client: pg.Client, { role, password, schema }: Ownership): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${quote(role)} LOGIN`);
  await client.query(`ALTER ROLE ${quote(role)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
  await client.query(`ALTER ROLE ${quote(role)} SET search_path = ${quote(schema)}`);
}
