import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The operator's variables for every Compose file, from a file in the form of `.env`. */
export function readVariables(file: string | undefined): Readonly<Record<string, string>> {
  if (file === undefined) return {};
  return Object.fromEntries(
    Object.entries(parseEnv(readFileSync(file, 'utf8'))).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}
