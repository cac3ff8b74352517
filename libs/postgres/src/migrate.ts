import pg from 'pg';
import type { Client } from 'pg';
import { describeHolders, holdersOfAdvisoryLock, holdersOfOwnTables } from './lock-holders.ts';
import { MigrationError } from './migration-error.ts';
import { ensureLedger, readLedger, writeLedger } from './migration-ledger.ts';
import { pendingMigrations } from './pending-migrations.ts';
import { readMigrations } from './read-migrations.ts';
import type { Migration } from './read-migrations.ts';
import { grantRights } from './roles/grant-rights.ts';

export type MigrateOptions = {
  /** Connection URL of the owning role; its search path names the schema to migrate. */
  readonly url: string;
  /** Folder with one folder per migration, each holding a `migration.sql`. */
  readonly directory: string;
  /** How long to wait for a connection; 10 seconds unless told. */
  readonly connectTimeoutMs?: number;
  /** How long to wait for another runner; 2 minutes unless told. */
  readonly lockTimeoutMs?: number;
  /**
   * How long a statement of a migration waits for a table that somebody uses; 10 seconds unless told. Whoever comes after
   * it waits as well, so that it must not be long.
   */
  readonly tableLockTimeoutMs?: number;
  /** How long a statement of a migration may take; half an hour unless told. */
  readonly statementTimeoutMs?: number;
  /** Who gets the rights to use what is there afterwards; nobody unless told. */
  readonly runningRole?: string;
};

/** Names of the migrations this call applied, in order; empty when there was nothing to do. */
export type MigrateResult = { readonly applied: readonly string[] };

/** Any number that nothing else in our databases locks; the schema is the second half of the key. */
const LOCK_SPACE = 1_970_498_676;
const LOCK_NOT_AVAILABLE = '55P03';
/** Tries for a table that is in use. */
const TRIES = 3;

/**
 * Brings the role's own schema up to date. Runners may race: one applies, the others wait and find nothing to do. Each
 * migration and its ledger row are one transaction, so a failure leaves the schema as it was before that migration.
 *
 * @throws MigrationError, or the driver's error when the server cannot be reached
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const { url, directory, connectTimeoutMs = 10_000, lockTimeoutMs = 120_000 } = options;
  const { tableLockTimeoutMs = 10_000, statementTimeoutMs = 1_800_000, runningRole } = options;
  const migrations = await readMigrations(directory);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'ushadow-migrate',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  // A connection lost between queries is reported by the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { schema, role } = await ownSchema(client);
    await takeLock(client, schema, lockTimeoutMs);
    await setLimits(client, tableLockTimeoutMs, statementTimeoutMs);
    await ensureLedger(client);
    const pending = pendingMigrations(migrations, await readLedger(client));
    for (const migration of pending) await applyPatiently(client, migration);
    if (runningRole !== undefined && runningRole !== role) await grantRights(client, schema, runningRole);
    return { applied: pending.map((migration) => migration.name) };
  } finally {
    await client.end(); // closing the session gives the lock back
  }
}

async function ownSchema(client: Client): Promise<{ schema: string; role: string }> {
  const { rows } = await client.query<{ schema: string | null; role: string }>(
    'SELECT current_schema() AS "schema", current_user AS "role"',
  );
  const [row] = rows;
  if (row?.schema) return { schema: row.schema, role: row.role };
  throw new MigrationError(
    'NO_SCHEMA',
    `role ${row?.role ?? '?'} has no schema of its own: create one and set it as the role's search_path`,
  );
}

async function setLimits(client: Client, lockMs: number, statementMs: number): Promise<void> {
  await client.query("SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false)", [
    `${lockMs}ms`,
    `${statementMs}ms`,
  ]);
}

async function takeLock(client: Client, schema: string, lockTimeoutMs: number): Promise<void> {
  await setLimits(client, lockTimeoutMs, 0);
  try {
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK_SPACE, schema]);
  } catch (cause) {
    if (!isLockTimeout(cause)) throw cause;
    const holders = describeHolders(await holdersOfAdvisoryLock(client, LOCK_SPACE, schema));
    const text = `another process has been migrating schema ${schema} for more than ${lockTimeoutMs} ms: ${holders}`;
    throw new MigrationError('LOCK_TIMEOUT', text, undefined, cause);
  }
}

/** A table in use is tried for again: in between whoever waits behind us gets its turn. */
async function applyPatiently(client: Client, migration: Migration): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await applyOne(client, migration);
      return;
    } catch (error) {
      if (!(error instanceof MigrationError) || error.code !== 'LOCK_TIMEOUT' || tries === TRIES) throw error;
    }
  }
}

async function applyOne(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await writeLedger(client, migration);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error(`migration ${migration.name} was undone at its end`);
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    throw await refusalOf(client, migration, cause);
  }
}

async function refusalOf(client: Client, { name, sql }: Migration, cause: pg.DatabaseError): Promise<MigrationError> {
  if (isLockTimeout(cause)) {
    const holders = describeHolders(await holdersOfOwnTables(client));
    const text = `migration ${name}: a table of it is in use: ${holders}; nothing of it was applied`;
    return new MigrationError('LOCK_TIMEOUT', text, name, cause);
  }
  const line = cause.position ? `, line ${lineAt(sql, Number(cause.position))}` : '';
  const text = `migration ${name}${line}: ${cause.message}; nothing of it was applied`;
  return new MigrationError('STATEMENT_FAILED', text, name, cause);
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position - 1).split('\n').length;
}
