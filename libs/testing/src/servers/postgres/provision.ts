import pg from 'pg';

/** One service's share of a database: the role that owns its schema, and the one it runs as, which owns nothing. */
export type SchemaRoles = {
  readonly schema: string;
  readonly owner: string;
  readonly running: string;
  readonly password: string;
};

export function schemaRoles(schema: string, password: string): SchemaRoles {
  return { schema, owner: `ushadow_${schema}_owner`, running: `ushadow_${schema}`, password };
}

/**
 * Makes the database, its roles and their schemas, or brings them in line when they exist; nothing of theirs is dropped.
 * Each role may connect, sees only its own schema, and has it as its search path. What the running role may do in it, the
 * migrations grant.
 */
export async function provisionDatabase(
  adminUrl: string,
  database: string,
  services: readonly SchemaRoles[],
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const { schema, owner, running, password } of services) {
      for (const role of [owner, running]) await ensureRole(client, role, schema, password);
    }
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${quote(database)} TEMPLATE template0 ENCODING 'UTF8'`);
  });
  await withClient(databaseUrl(adminUrl, database), async (client) => {
    await client.query(`REVOKE ALL ON DATABASE ${quote(database)} FROM PUBLIC`);
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    for (const { schema, owner, running } of services) {
      await client.query(`GRANT CONNECT ON DATABASE ${quote(database)} TO ${quote(owner)}, ${quote(running)}`);
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(schema)} AUTHORIZATION ${quote(owner)}`);
      await client.query(`REASSIGN OWNED BY ${quote(running)} TO ${quote(owner)}`);
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
export function runningUrl(adminUrl: string, database: string, { running, password }: SchemaRoles): string {
  return urlAs(running, password, databaseUrl(adminUrl, database));
}

/** What its migrations get as MIGRATION_DATABASE_URL. */
export function ownerUrl(adminUrl: string, database: string, { owner, password }: SchemaRoles): string {
  return urlAs(owner, password, databaseUrl(adminUrl, database));
}

function urlAs(role: string, password: string, text: string): string {
  const url = new URL(text);
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

async function ensureRole(client: pg.Client, role: string, schema: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${quote(role)} LOGIN`);
  await client.query(`ALTER ROLE ${quote(role)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
  await client.query(`ALTER ROLE ${quote(role)} SET search_path = ${quote(schema)}`);
}
