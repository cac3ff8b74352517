import { repositoryRoot } from '@ushadow/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['libs/compiler/fixtures', 'examples', 'e2e/compose'];

/** The Compose files of this repository, to start from. */
export function corpus(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(repositoryRoot(), folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /compose[^/]*\.ya?ml$/.test(name) || /(^|\/)[^/]+\.ya?ml$/.test(name))
      .sort()
      .map((name) => readFileSync(join(repositoryRoot(), folder, name), 'utf8')),
  ).filter((text) => /^services:/m.test(text));
}
