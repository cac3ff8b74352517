import { describe, expect, it } from '@jest/globals';
import { MigrationError } from './migration-error.ts';
import { pendingMigrations } from './pending-migrations.ts';

const migration = (name: string, checksum = `sum-${name}`) => ({ name, sql: '', checksum });
const row = (name: string, checksum = `sum-${name}`, finished = true) => ({ name, checksum, finished });

function refusal(run: () => unknown): MigrationError {
  try {
    run();
  } catch (error) {
    if (error instanceof MigrationError) return error;
  }
  throw new Error('not refused');
}

describe('pendingMigrations', () => {
  it('keeps the order of the names and leaves out what was applied', () => {
    const pending = pendingMigrations([migration('1'), migration('2'), migration('3')], [row('1')]);
    expect(pending.map(({ name }) => name)).toEqual(['2', '3']);
  });

  it('accepts a database that is ahead of the files, as in a rollout', () => {
    expect(pendingMigrations([migration('1')], [row('1'), row('2')])).toEqual([]);
  });

  it('refuses a migration whose text changed after it was applied, and names it', () => {
    const error = refusal(() => pendingMigrations([migration('1', 'other')], [row('1')]));
    expect([error.code, error.migration]).toEqual(['CHECKSUM_CHANGED', '1']);
  });

  it('refuses to go on after a migration that another tool left unfinished', () => {
    const error = refusal(() => pendingMigrations([migration('1'), migration('2')], [row('1', 'sum-1', false)]));
    expect([error.code, error.migration]).toEqual(['UNFINISHED', '1']);
  });
});
