import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Reference Compose files; absent on a fresh clone. */
export const fixtures = process.env.USHADOW_FIXTURES ?? resolve(repository, '../shared/fixtures');
/** The scorer and reference programs; absent on a fresh clone. */
export const tools = process.env.USHADOW_TOOLS ?? resolve(repository, '../shared/tools');

export interface FixtureFile {
  readonly path: string;
  /** False for a file that only overrides or extends another one. */
  readonly standalone: boolean;
}

interface Listed {
  readonly file: string;
  readonly standalone: boolean;
}

function readManifest<T>(path: string): T {
  return JSON.parse(readFileSync(join(fixtures, path), 'utf8')) as T;
}

/** Every Compose file of the real projects and of the original product; empty when the fixtures are not there. */
export function composeFixtures(): readonly FixtureFile[] {
  if (!existsSync(join(fixtures, 'manifest.json'))) return [];
  const world = readManifest<{
    projects: { project: string; composeFiles: Listed[] }[];
    awesomeCompose: { entries: { name: string; composeFiles: Listed[] }[] };
    dokploy: { entries: { path: string }[] };
  }>('realworld/manifest.json');
  const product = readManifest<{ composeFiles: Listed[] }>('ushadow/manifest.json');
  const listed = (folder: string, files: readonly Listed[]): FixtureFile[] =>
    files.map(({ file, standalone }) => ({ path: join(fixtures, folder, file), standalone }));
  return [
    ...world.projects.flatMap((p) => listed(`realworld/projects/${p.project}`, p.composeFiles)),
    ...world.awesomeCompose.entries.flatMap((e) => listed(`realworld/awesome-compose/${e.name}`, e.composeFiles)),
    ...world.dokploy.entries.map(({ path }) => ({ path: join(fixtures, 'realworld', path), standalone: true })),
    ...listed('ushadow', product.composeFiles),
  ];
}

export interface KomposeCase {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly expected: string;
  readonly flags: readonly string[];
  readonly verdict: 'match' | 'deviate' | 'option';
  readonly env?: Readonly<Record<string, string>>;
  readonly differs?: readonly string[];
}

/** The golden cases, with paths made absolute; empty when the fixtures are not there. */
export function komposeCases(): readonly KomposeCase[] {
  if (!existsSync(join(fixtures, 'manifest.json'))) return [];
  const at = (path: string): string => join(fixtures, 'kompose', path);
  return readManifest<{ cases: KomposeCase[] }>('kompose/manifest.json').cases.map((c) => ({
    ...c,
    inputs: c.inputs.map(at),
    expected: at(c.expected),
  }));
}
