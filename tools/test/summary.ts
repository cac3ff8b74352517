import { readFile } from 'node:fs/promises';

export type Summary = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** What is reported when the run broke before any test: that is a failure, not an empty success. */
export const NOTHING_RAN: Summary = { passed: 0, failed: 1, skipped: 0 };

/** The counts the reporter wrote; missing means that the runner itself broke. */
export async function readSummary(file: string): Promise<Summary> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? NOTHING_RAN : (JSON.parse(text) as Summary);
}

export function closingLine({ passed, failed, skipped }: Summary): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
