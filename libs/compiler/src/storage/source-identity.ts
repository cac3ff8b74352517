/**
 * A path as the project sees it: relative to the project's folder when it is in or next to that (`.`, `./data`,
 * `../shared`), so that the same project has the same names wherever it is checked out; absolute otherwise. Which of its
 * files mounts the path says nothing: an included file has a `./data` of its own.
 */
export function sourceIdentity(source: string, directory: string | undefined): string {
  const folder = parts(directory ?? '');
  const target = parts(source);
  let common = 0;
  while (common < folder.length && common < target.length && folder[common] === target[common]) common++;
  const up = folder.length - common;
  if (folder.length === 0 || up > 1 || common === 0) return `/${target.join('/')}`;
  return [up === 1 ? '..' : '.', ...target.slice(common)].join('/');
}

function parts(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
