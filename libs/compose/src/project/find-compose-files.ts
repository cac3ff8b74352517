import { baseName, directoryOf, joinPath } from '../files/paths.ts';
import type { LoadSession } from './model-scope.ts';

/** Names a Compose file is found by, in order of preference. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** The Compose file of a directory or the nearest one above it, with its override file. */
export function findComposeFiles(directory: string, session: LoadSession): readonly string[] {
  for (let at = directory; ; at = directoryOf(at)) {
    const found = existing(NAMES, at, session);
    if (found.length > 0) return [...firstOf(found, session), ...firstOf(existing(OVERRIDES, at, session), session)];
    if (at === '/' || at === '.') break;
  }
  session.report.add('CPS0001', { directory }, '');
  return [];
}

function existing(names: readonly string[], directory: string, session: LoadSession): readonly string[] {
  return names.map((name) => joinPath(directory, name)).filter((path) => session.files.isFile(path));
}

function firstOf([used, ...others]: readonly string[], session: LoadSession): readonly string[] {
  if (used === undefined) return [];
  if (others.length > 0) {
    const position = { file: used, line: 1, column: 1 };
    session.report.add('CPS0011', { used: baseName(used), others: others.map(baseName) }, '', position);
  }
  return [used];
}
