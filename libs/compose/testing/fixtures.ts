import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the shared reference data: USHADOW_FIXTURES, else beside the repository. */
export const fixtures =
  process.env['USHADOW_FIXTURES'] ?? fileURLToPath(new URL('../../../../shared/fixtures', import.meta.url));

export const fixturesMissing = existsSync(fixtures) ? undefined : `no fixtures at ${fixtures}`;

/** A name for a group of tests that says when, and why, it is skipped. */
export function named(name: string): string {
  return fixturesMissing ? `${name} (skipped: ${fixturesMissing}; set USHADOW_FIXTURES)` : name;
}

/** A JSON table of the fixtures, or the fallback when they are absent. */
export function table<T>(path: string, fallback: T): T {
  return fixturesMissing ? fallback : (JSON.parse(readFileSync(join(fixtures, path), 'utf8')) as T);
}
