/** Paths with `/`, as text; nothing is looked up. */

export function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** `C:\dir` or `\\server\share`. */
export function isWindowsAbsolute(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || /^[\\/]{2}[^\\/]+[\\/]+[^\\/]+/.test(path);
}

/** Removes `.`, `..` where possible, and doubled slashes. The empty path is `.`. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push('..');
  }
  const joined = parts.join('/');
  return rooted ? `/${joined}` : joined || '.';
}

export function joinPath(...parts: readonly string[]): string {
  return cleanPath(parts.filter((part) => part !== '').join('/'));
}

/** The path itself when absolute, else below `directory`. */
export function resolvePath(directory: string, path: string): string {
  return isAbsolute(path) ? cleanPath(path) : joinPath(directory, path);
}

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `path` is `directory` or below it; both absolute and clean. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** Replaces a leading `~` by the home directory, when there is one. */
export function expandHome(path: string, home: string | undefined): string {
  return path.startsWith('~') && home ? joinPath(home, path.slice(1)) : path;
}
