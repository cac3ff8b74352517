import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;
/** What was left behind by a process that ended in the midst of it. */
const STALE_MS = 3_600_000;

/** Where the files of a stack lie below the operator's folder. */
export interface ManifestPlace {
  readonly clusterId: string;
  readonly namespace: string;
  readonly stackId: string;
}

export interface WrittenFile {
  readonly name: string;
  readonly yaml: string;
}

/**
 * Writes the files of a stack to `{root}/{cluster}/{namespace}`, each replaced at once, and removes those that it had there and
 * has no more. Others may have theirs beside them: which are whose is in a hidden list for each stack.
 *
 * @param filesOf given the names that others have
 */
export async function writeManifests(
  root: string,
  place: ManifestPlace,
  filesOf: (taken: ReadonlySet<string>) => readonly WrittenFile[],
): Promise<void> {
  const directory = await privateDirectory(root, [place.clusterId, place.namespace]);
  const { own, taken } = await listsIn(directory, place.stackId);
  const files = filesOf(taken);
  const names = files.map(({ name }) => named(name));
  const list = listOf(place.stackId);
  // Whatever is interrupted from here on, what is there is known to be this stack's.
  await replace(directory, list, JSON.stringify([...new Set([...own, ...names])]), place.stackId);
  for (const { name, yaml } of files) await replace(directory, named(name), yaml, place.stackId);
  const kept = new Set(names);
  for (const name of own) if (!kept.has(name)) await rm(join(directory, name), { force: true });
  if (names.length > 0) return replace(directory, list, JSON.stringify(names), place.stackId);
  await rm(join(directory, list), { force: true });
  await removeEmpty(directory);
  await removeEmpty(join(directory, '..'));
}

/** A folder below another one, for its owner alone. A link in its place is not followed. */
async function privateDirectory(root: string, parts: readonly string[]): Promise<string> {
  await mkdir(root, { recursive: true, mode: DIRECTORY_MODE });
  let directory = await realpath(root);
  for (const part of parts) {
    directory = join(directory, named(part));
    await mkdir(directory, { mode: DIRECTORY_MODE }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    if (!(await lstat(directory)).isDirectory()) throw new Error(`${part} is no folder`);
    await chmod(directory, DIRECTORY_MODE);
  }
  return directory;
}

/** A name that leads nowhere but into the folder it is looked for in. */
function named(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(name)) return name;
  throw new Error('that is no name of a file');
}

async function replace(directory: string, name: string, text: string, stackId: string): Promise<void> {
  const made = join(directory, `.${stackId}.${randomUUID()}.tmp`);
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    const file = await open(made, flags, FILE_MODE);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(made, join(directory, name));
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  }
}

function listOf(stackId: string): string {
  return `.${stackId}.json`;
}

/** The files that a stack has, and those of all others, by their lists. */
async function listsIn(
  directory: string,
  stackId: string,
): Promise<{ readonly own: readonly string[]; readonly taken: ReadonlySet<string> }> {
  const entries = await readdir(directory);
  await removeStale(
    directory,
    entries.filter((entry) => entry.startsWith(`.${stackId}.`) && entry.endsWith('.tmp')),
  );
  const read = async (list: string) => namesIn(await readFile(join(directory, list), 'utf8').catch(() => '[]'));
  const lists = entries.filter((entry) => /^\.[0-9a-f-]{36}\.json$/.test(entry) && entry !== listOf(stackId));
  const others = await Promise.all(lists.map(read));
  return { own: await read(listOf(stackId)), taken: new Set(others.flat()) };
}

/** Who has changed it by hand does not make us remove anything else. */
function namesIn(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return [];
    return list.filter(
      (name) => typeof name === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]*\.yaml$/.test(name),
    ) as string[];
  } catch {
    return [];
  }
}

async function removeStale(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = join(directory, name);
    const { mtimeMs } = await lstat(path);
    if (Date.now() - mtimeMs > STALE_MS) await rm(path, { force: true });
  }
}

async function removeEmpty(directory: string): Promise<void> {
  await rmdir(directory).catch((error: unknown) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw error;
  });
}

export function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
