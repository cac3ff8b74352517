/**
 * A path as the project sees it: relative to the folder of the Compose file when it is in or next to that (`.`, `./data`,
 * `../shared`), so that the same project has the same names wherever it is checked out; absolute otherwise.
 */
export function sourceIdentity(source: string, composeFile: string | undefined): string {
  const folder = parts(composeFile ?? '').slice(0, -1);
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
