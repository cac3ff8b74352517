import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError } from './migration-error.ts';

/** One folder of `prisma/migrations`: its name orders it, its checksum is the sha256 of the file, as Prisma writes it. */
export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** Reads `DIRECTORY/<name>/migration.sql` of every folder, in the order of the names. */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new MigrationError('NO_MIGRATIONS', `cannot read the migrations in ${directory}`, undefined, cause);
  });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) throw new MigrationError('NO_MIGRATIONS', `no migrations in ${directory}`);
  return Promise.all(names.map((name) => readMigration(directory, name)));
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8').catch((cause: unknown) => {
    throw new MigrationError('NO_MIGRATIONS', `migration ${name} has no readable migration.sql`, name, cause);
  });
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
