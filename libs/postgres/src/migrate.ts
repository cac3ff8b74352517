import pg from 'pg';
import type { Client } from 'pg';
import { MigrationError } from './migration-error.ts';
import { ensureLedger, readLedger, writeLedger } from './migration-ledger.ts';
import { pendingMigrations } from './pending-migrations.ts';
import { readMigrations } from './read-migrations.ts';
import type { Migration } from './read-migrations.ts';

export type MigrateOptions = {
  /** Connection URL of the owning role; its search path names the schema to migrate. */
  readonly url: string;
  /** Folder with one folder per migration, each holding a `migration.sql`. */
  readonly directory: string;
  /** How long to wait for another runner; 2 minutes unless told. */
  readonly lockTimeoutMs?: number;
};

/** Names of the migrations this call applied, in order; empty when there was nothing to do. */
export type MigrateResult = { readonly applied: readonly string[] };

/** Any number that nothing else in our databases locks; the schema is the second half of the key. */
const LOCK_SPACE = 1_970_498_676;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the role's own schema up to date. Runners may race: one applies, the others wait and find nothing to do. Each
 * migration and its ledger row are one transaction, so a failure leaves the schema as it was before that migration.
 *
 * @throws MigrationError, or the driver's error when the server cannot be reached
 */
export async function migrate({ url, directory, lockTimeoutMs = 120_000 }: MigrateOptions): Promise<MigrateResult> {
  const migrations = await readMigrations(directory);
  const client = new pg.Client({ connectionString: url, application_name: 'ushadow-migrate' });
  // A connection lost between queries is reported by the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const schema = await ownSchema(client);
    await takeLock(client, schema, lockTimeoutMs);
    await ensureLedger(client);
    const pending = pendingMigrations(migrations, await readLedger(client));
    for (const migration of pending) await applyOne(client, migration);
    return { applied: pending.map((migration) => migration.name) };
  } finally {
    await client.end(); // closing the session gives the lock back
  }
}

async function ownSchema(client: Client): Promise<string> {
  const { rows } = await client.query<{ schema: string | null; role: string }>(
    'SELECT current_schema() AS "schema", current_user AS "role"',
  );
  const [row] = rows;
  if (row?.schema) return row.schema;
  throw new MigrationError(
    'NO_SCHEMA',
    `role ${row?.role ?? '?'} has no schema of its own: create one and set it as the role's search_path`,
  );
}

async function takeLock(client: Client, schema: string, lockTimeoutMs: number): Promise<void> {
  await client.query("SELECT set_config('lock_timeout', $1, false)", [`${lockTimeoutMs}ms`]);
  try {
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK_SPACE, schema]);
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError) || cause.code !== LOCK_NOT_AVAILABLE) throw cause;
    const text = `another process has been migrating schema ${schema} for more than ${lockTimeoutMs} ms`;
    throw new MigrationError('LOCK_TIMEOUT', text, undefined, cause);
  }
  await client.query("SELECT set_config('lock_timeout', '0', false)");
}

async function applyOne(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await writeLedger(client, migration);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    const line = cause.position ? `, line ${lineAt(migration.sql, Number(cause.position))}` : '';
    const text = `migration ${migration.name}${line}: ${cause.message}; nothing of it was applied`;
    throw new MigrationError('STATEMENT_FAILED', text, migration.name, cause);
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position - 1).split('\n').length;
}
