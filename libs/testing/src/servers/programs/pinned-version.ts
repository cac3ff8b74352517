import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from './program.ts';

/** The version, without its `v`, that `tools/<folder>/go.mod` requires of the recipe's module. */
export async function pinnedVersion(root: string, { folder, module }: Recipe): Promise<string> {
  const path = join(root, 'tools', folder, 'go.mod');
  const lines = (await readFile(path, 'utf8')).split('\n');
  for (const line of lines) {
    const words = line
      .trim()
      .replace(/^require /, '')
      .split(/\s+/);
    if (words[0] === module && words[1]?.startsWith('v')) return words[1].slice(1);
  }
  throw new Error(`${path} does not require ${module}`);
}
