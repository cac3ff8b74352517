import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';

export interface WalkedFile {
  /** Where it was found, links as they are written. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

export interface Walked {
  readonly files: readonly WalkedFile[];
  /** Links that leave the folder, or lead back into a folder they lie in; they are not followed. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  /** Sockets and the like, and what cannot be read. */
  readonly others: readonly string[];
}

/** More than could ever be sent; the number that is said then is a lower bound. */
const FILES_MAX = 20_000;

/** Everything that really lies inside a folder. */
export function walkFolder(folder: string): Walked {
  const files: WalkedFile[] = [];
  const links: { path: string; target: string }[] = [];
  const others: string[] = [];
  const base = realpathSync(folder);
  const visit = (path: string, above: readonly string[]): void => {
    const real = attempt(() => realpathSync(path));
    const stat = real === undefined ? undefined : attempt(() => statSync(real));
    if (real === undefined || stat === undefined) others.push(path);
    else if (!isWithin(real, base) || above.includes(real)) links.push({ path, target: real });
    else if (stat.isDirectory()) enter(path, [...above, real]);
    else if (stat.isFile()) files.push({ path, size: stat.size, executable: isExecutable(stat) });
    else others.push(path);
  };
  const enter = (path: string, above: readonly string[]): void => {
    const names = attempt(() => readdirSync(path).sort());
    if (names === undefined) others.push(path);
    for (const name of names ?? []) if (files.length < FILES_MAX) visit(join(path, name), above);
  };
  enter(folder, [base]);
  return { files, links, others };
}

export function isExecutable(stat: Pick<Stats, 'mode'>): boolean {
  return (stat.mode & 0o100) !== 0;
}

/** Both absolute and clean. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Undefined for what cannot be looked at. */
export function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
