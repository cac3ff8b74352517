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
  // What it says when it fails may hold a secret: only that it failed is said.
  command: (line) =>
    execFileSync('/bin/sh', ['-c', line], {
      encoding: 'utf8',
      timeout: COMMAND_MS,
      maxBuffer: OUTPUT_MAX_BYTES,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
};

/**
 * The environment with each key ring under its name, `USHADOW_KEYS` alone by default, wherever it comes from: there already,
 * from the file that `…_FILE` names, or from what the command of `…_COMMAND` prints. A problem is printed as with any
 * setting, and ends the process.
 */
export function withKeyRing(environment: Environment, ...names: readonly string[]): Environment {
  const rings = (names.length === 0 ? ['USHADOW_KEYS'] : names).map((name) => {
    const found = keyRingText(environment, sources, name);
    if (found.problem === undefined) return [name, found.text] as const;
    process.stderr.write(`config: ${found.problem}\n`);
    process.exit(1);
  });
  return { ...environment, ...Object.fromEntries(rings) };
}

export function keyRingText(
  environment: Environment,
  from: KeySources,
  name = 'USHADOW_KEYS',
): { readonly text: string | undefined; readonly problem?: undefined } | { readonly problem: string } {
  const [text, path, line] = [name, `${name}_FILE`, `${name}_COMMAND`].map((each) => environment[each]);
  const given = Object.entries({ [name]: text, [`${name}_FILE`]: path, [`${name}_COMMAND`]: line }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  if (given.length > 1)
    return { problem: `${given.map(([each]) => each).join(' and ')}: only one of them can be used` };
  try {
    if (path) return { text: from.file(path) };
    if (line) return { text: from.command(line) };
    return { text };
  } catch (error) {
    const { code, status } = error as { code?: string; status?: number | null };
    const why = code ?? (typeof status === 'number' ? `it ended with ${String(status)}` : 'it failed');
    return { problem: path ? `${name}_FILE: ${path}: ${why}` : `${name}_COMMAND: gave no key ring: ${why}` };
  }
}
