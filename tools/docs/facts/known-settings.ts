import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from '../../check/command.ts';

/** Where the environment is read: configurations of services, the command line, and the tools of the workspace. */
const READERS = ['*config.ts', 'apps/cli/src/*.ts', 'apps/web/src/env.ts', 'libs/testing/src/*.ts', 'tools/*.ts'];

/** Every name that some program takes from its environment: a key of a configuration, or a name in quotes. */
export async function readKnownSettings(root: string): Promise<ReadonlySet<string>> {
  const { output } = await command(root, 'git', ['ls-files', ...READERS, ':!*.spec.ts']);
  const files = output.split('\n').filter((line) => line !== '');
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8').catch(() => '')));
  const names = texts.flatMap((text) => [...text.matchAll(/^\s+([A-Z][A-Z0-9_]+):|'([A-Z][A-Z0-9_]+)'/gm)]);
  return new Set(names.map(([, key, quoted]) => key ?? quoted ?? ''));
}
