/**
 * Why a schema could not be brought up to date:
 * - `NO_SCHEMA`: the role's search path names no schema that exists.
 * - `CHECKSUM_CHANGED`: a migration that was applied has another text on disk now.
 * - `UNFINISHED`: another tool left a migration half applied; a person has to look.
 * - `STATEMENT_FAILED`: the migration's SQL was refused; its transaction was rolled back, nothing of it remains.
 * - `LOCK_TIMEOUT`: another runner held the migration lock for too long, or somebody a table; the message says who.
 * - `NO_MIGRATIONS`: the directory holds none, most likely a wrong path.
 */
export type MigrationErrorCode =
  'NO_SCHEMA' | 'CHECKSUM_CHANGED' | 'UNFINISHED' | 'STATEMENT_FAILED' | 'LOCK_TIMEOUT' | 'NO_MIGRATIONS';

/** A refused or failed migration. The message names the migration and the remedy; it never holds the connection URL. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;
  readonly migration: string | undefined;

  constructor(code: MigrationErrorCode, message: string, migration?: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'MigrationError';
    this.code = code;
    this.migration = migration;
  }
}
