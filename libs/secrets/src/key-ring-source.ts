import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a ring is fetched from where it is kept; each throws when that fails. */
export interface KeySources {
  readonly file: (path: string) => string;
  readonly command: (line: string) => string;
}

const COMMAND_MS = 30_000;
const OUTPUT_MAX_BYTES = 64 * 1024;

const sources: KeySources = {
  file: (path) => readFileSync(path, 'utf8'),
  // What it says when it fails may hold a secret: only that it failed is told.
  command: (line) =>
    execFileSync('/bin/sh', ['-c', line], {
      encoding: 'utf8',
      timeout: COMMAND_MS,
      maxBuffer: OUTPUT_MAX_BYTES,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
};

/**
 * The environment with the key ring in `USHADOW_KEYS`, wherever it comes from: there already, from the file that
 * `USHADOW_KEYS_FILE` names, or from what the command of `USHADOW_KEYS_COMMAND` prints. A problem is printed as with any
 * setting, and ends the process.
 */
export function withKeyRing(environment: Environment): Environment {
  const found = keyRingText(environment, sources);
  if (found.problem === undefined) return { ...environment, USHADOW_KEYS: found.text };
  process.stderr.write(`config: ${found.problem}\n`);
  process.exit(1);
}

export function keyRingText(
  environment: Environment,
  from: KeySources,
): { readonly text: string | undefined; readonly problem?: undefined } | { readonly problem: string } {
  const { USHADOW_KEYS: text, USHADOW_KEYS_FILE: path, USHADOW_KEYS_COMMAND: line } = environment;
  const given = Object.entries({ USHADOW_KEYS: text, USHADOW_KEYS_FILE: path, USHADOW_KEYS_COMMAND: line }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  if (given.length > 1)
    return { problem: `${given.map(([name]) => name).join(' and ')}: only one of them can be used` };
  try {
    if (path) return { text: from.file(path) };
    if (line) return { text: from.command(line) };
    return { text };
  } catch (error) {
    const { code, status } = error as { code?: string; status?: number | null };
    const why = code ?? (typeof status === 'number' ? `it ended with ${String(status)}` : 'it failed');
    return { problem: path ? `USHADOW_KEYS_FILE: ${path}: ${why}` : `USHADOW_KEYS_COMMAND: gave no key ring: ${why}` };
  }
}
