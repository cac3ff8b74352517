import type { AppliedMigration } from './migration-ledger.ts';
import { MigrationError } from './migration-error.ts';
import type { Migration } from './read-migrations.ts';

/**
 * What is left to apply, in order. Refuses when what was applied does not agree with what is on disk. A migration the
 * database knows and the disk does not is fine: an older replica starts during a rollout of a newer one.
 */
export function pendingMigrations(
  onDisk: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  const byName = new Map(applied.map((row) => [row.name, row]));
  const unfinished = applied.find((row) => !row.finished);
  if (unfinished) {
    throw new MigrationError(
      'UNFINISHED',
      `migration ${unfinished.name} was started by another tool and never finished; finish or undo it by hand, then set finished_at or rolled_back_at of its row in _prisma_migrations`,
      unfinished.name,
    );
  }
  const changed = onDisk.find((migration) => {
    const row = byName.get(migration.name);
    return row !== undefined && row.checksum !== migration.checksum;
  });
  if (changed) {
    throw new MigrationError(
      'CHECKSUM_CHANGED',
      `migration ${changed.name} was changed after it had been applied; restore its text and put the change into a new migration`,
      changed.name,
    );
  }
  return onDisk.filter((migration) => !byName.has(migration.name));
}
