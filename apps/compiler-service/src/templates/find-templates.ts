import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { setImmediate as others } from 'node:timers/promises';

export type TemplateKind = 'coolify' | 'dokploy';

/** A template of a folder, as far as its names tell. */
export interface FoundTemplate {
  readonly id: string;
  readonly kind: TemplateKind;
  readonly name: string;
  /** The folder that it may not lead out of; absolute, without links. */
  readonly root: string;
  /** Absolute, by name in the template. */
  readonly files: Readonly<Record<string, string>>;
  /** Another one when a file has changed. */
  readonly signature: string;
}

export interface FoundTemplates {
  readonly templates: readonly FoundTemplate[];
  /** What is not listed, for people; says nothing of where the folders lie. */
  readonly problems: readonly string[];
}

export const TEMPLATES_MAX = 5_000;
const NAME_MAX = 200;
const YAML_FILE = /\.ya?ml$/;
const COMPOSE_FILE = /^(?:docker-)?compose\.ya?ml$/;
const SETTINGS_FILE = /^template\.(?:toml|json|ya?ml)$/;
const METADATA_FILE = 'meta.json';
/** Where a copy of the whole repository has them. */
const PLACES = [['templates', 'compose'], ['blueprints']] as const;

/**
 * The templates of folders as Coolify and Dokploy have them: a file, or a folder with a Compose file. Nothing is opened,
 * and who asks for something else meanwhile has a turn.
 */
export async function findTemplates(folders: readonly string[]): Promise<FoundTemplates> {
  const templates = new Map<string, FoundTemplate>();
  const problems: string[] = [];
  for (const [index, folder] of folders.entries()) {
    const which = folders.length === 1 ? 'The folder of templates' : `Folder ${String(index + 1)} of templates`;
    try {
      const root = rootOf(folder);
      for (const [at, entry] of readdirSync(root).entries()) {
        if (at % AT_ONCE === AT_ONCE - 1) await others();
        const found = templateOf(root, entry);
        if (found === undefined) continue;
        if (!isSpeakable(found.name)) problems.push(`${which}: one has a name that cannot be asked for.`);
        else if (templates.has(found.id))
          problems.push(`${which}: ${found.id} is there already; the first one counts.`);
        else templates.set(found.id, found);
      }
    } catch (error) {
      problems.push(`${which} cannot be read: ${codeOf(error)}.`);
    }
  }
  const sorted = [...templates.values()].sort((a, b) => compareIds(a.id, b.id));
  if (sorted.length > TEMPLATES_MAX)
    problems.push(`Of ${String(sorted.length)} templates the first ${String(TEMPLATES_MAX)} are listed.`);
  return { templates: sorted.slice(0, TEMPLATES_MAX), problems: [...new Set(problems)].slice(0, PROBLEMS_MAX) };
}

const PROBLEMS_MAX = 20;
/** Entries of a folder, about a millisecond's work. */
const AT_ONCE = 50;

function rootOf(folder: string): string {
  const root = realpathSync.native(folder);
  const inner = PLACES.map((place) => join(root, ...place)).find((path) => look(path).isFolder);
  const real = inner === undefined ? root : realpathSync.native(inner);
  return inside(root, real) ? real : root;
}

function templateOf(root: string, name: string): FoundTemplate | undefined {
  const path = join(root, name);
  const seen = look(path);
  if (YAML_FILE.test(name) && !seen.isFolder)
    return template('coolify', name.replace(YAML_FILE, ''), root, [[name, path, seen.signature]]);
  // A link to a folder elsewhere is not followed: what lies there is nobody's template.
  if (!seen.isFolder || (seen.isLink && !inside(root, realpathSync.native(path)))) return undefined;
  const names = namesIn(path).filter(isPart).sort();
  if (!names.some((each) => each !== METADATA_FILE)) return undefined;
  const files = names.map((each) => [each, join(path, each), look(join(path, each)).signature] as const);
  return template(names.some((each) => SETTINGS_FILE.test(each)) ? 'dokploy' : 'coolify', name, root, files);
}

function isPart(name: string): boolean {
  return COMPOSE_FILE.test(name) || SETTINGS_FILE.test(name) || name === METADATA_FILE;
}

function template(
  kind: TemplateKind,
  name: string,
  root: string,
  files: readonly (readonly [name: string, path: string, signature: string])[],
): FoundTemplate {
  return {
    id: `${kind}:${name}`,
    ...{ kind, name, root },
    files: Object.fromEntries(files.map(([each, path]) => [each, path])),
    signature: files.map(([each, , signature]) => `${each} ${signature}`).join('\n'),
  };
}

interface Seen {
  readonly isFolder: boolean;
  readonly isLink: boolean;
  readonly signature: string;
}

/** What a link leads to is looked at; where it may not lead is found out when it is read. */
function look(path: string): Seen {
  const own = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
  const isLink = own?.isSymbolicLink() ?? false;
  const seen: Stats | undefined = isLink ? attempt(() => statSync(path, { throwIfNoEntry: false })) : own;
  if (seen === undefined) return { isFolder: false, isLink, signature: '-' };
  const { size, mtimeMs, ino } = seen;
  return { isFolder: seen.isDirectory(), isLink, signature: [size, mtimeMs, ino].map(String).join(' ') };
}

function namesIn(path: string): string[] {
  return attempt(() => readdirSync(path)) ?? [];
}

/** What cannot be looked at is as good as not there; what is to be read says why it cannot. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

export function inside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isSpeakable(name: string): boolean {
  return name !== '' && name.length <= NAME_MAX && !/[\p{Cc}/\\]/u.test(name);
}

/** By name, then by kind. */
export function compareIds(a: string, b: string): number {
  const [[kindOfA, nameOfA], [kindOfB, nameOfB]] = [partsOf(a), partsOf(b)];
  return compare(nameOfA, nameOfB) || compare(kindOfA, kindOfB);
}

function partsOf(id: string): readonly [kind: string, name: string] {
  const end = id.indexOf(':');
  return [id.slice(0, end + 1), id.slice(end + 1)];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'it is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'this service may not read it';
  return code === 'ENOTDIR' ? 'it is not a folder' : (code ?? 'unknown');
}
