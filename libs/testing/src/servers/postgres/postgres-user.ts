import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who runs the server. Postgres refuses root, which therefore hands it to an unprivileged account. */
export type PostgresUser = { readonly uid: number; readonly gid: number };

/** The account to run Postgres as: undefined for anybody but root, who gets `postgres`, else `nobody`. */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find(([name]) => name === wanted);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as');
}

/** True when any account may walk to `path`: every folder above it can be entered by others. */
export function isOpenToAll(path: string): boolean {
  let folder = path;
  for (;;) {
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o001) === 0) return false;
    const parent = dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}
