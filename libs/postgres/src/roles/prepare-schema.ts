import pg from 'pg';
import type { Client } from 'pg';
import { migrate } from '../migrate.ts';
import { readLedger } from '../migration-ledger.ts';
import { pendingMigrations } from '../pending-migrations.ts';
import { readMigrations } from '../read-migrations.ts';
import { roleProblem } from './role-problem.ts';

export interface SchemaSettings {
  /** As whoever runs. */
  readonly DATABASE_URL: string;
  /** As the owner of the schema; absent where somebody else migrates. */
  readonly MIGRATION_DATABASE_URL?: string | undefined;
}

const CONNECT_MS = 10_000;

/**
 * Brings a service's schema up to date, where it is told how, and looks at who it runs as. Gives why it must not start, in
 * sentences for the operator.
 */
export async function prepareSchema(settings: SchemaSettings, directory: string): Promise<readonly string[]> {
  const { DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl } = settings;
  return asRole(url, async (client, role) => {
    if (ownerUrl !== undefined) await migrate({ url: ownerUrl, directory, runningRole: role });
    const problem = await roleProblem(client);
    if (problem !== undefined) return [problem];
    return ownerUrl === undefined ? behind(client, directory) : [];
  });
}

async function asRole<T>(url: string, work: (client: Client, role: string) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'ushadow-start',
    connectionTimeoutMillis: CONNECT_MS,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
    return await work(client, rows[0]?.role ?? '');
  } finally {
    await client.end();
  }
}

async function behind(client: Client, directory: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  const applied = rows[0]?.found === true ? await readLedger(client) : [];
  const [next] = pendingMigrations(await readMigrations(directory), applied);
  return next === undefined
    ? []
    : [`The schema lacks migration ${next.name}: set MIGRATION_DATABASE_URL to its owner once, or migrate it before.`];
}
