import { posix } from 'node:path';
import { UsageError } from '../command.ts';

/** Where a copy comes from or goes to: `-` is a tar archive on standard input or output. */
export type CopyEnd =
  | { readonly kind: 'container'; readonly service: string; readonly path: string }
  | { readonly kind: 'local'; readonly path: string };

export interface CopyEnds {
  readonly from: CopyEnd;
  readonly to: CopyEnd;
  readonly service: string;
}

/** `SERVICE:PATH` is in a container; anything else is here, as is what begins with a dot or a slash. */
export function readCopyEnds(from: string, to: string): CopyEnds {
  const ends = { from: readEnd(from), to: readEnd(to) };
  const inside = [ends.from, ends.to].filter((each) => each.kind === 'container');
  const [only] = inside;
  if (only?.kind !== 'container' || inside.length !== 1)
    throw new UsageError('One of the two is in a container, written SERVICE:PATH; the other one is here.');
  return { ...ends, service: only.service };
}

function readEnd(text: string): CopyEnd {
  const at = text.indexOf(':');
  if (at < 1 || /^[./\\]/.test(text) || (at === 1 && process.platform === 'win32'))
    return { kind: 'local', path: text };
  const path = text.slice(at + 1);
  if (path === '') throw new UsageError(`${text} names no path in the container.`);
  return { kind: 'container', service: text.slice(0, at), path };
}

/** How a path is cut for `tar`: the folder it works in, the one name in it. A path that ends with `/.` is what is in it. */
export function tarPlace(path: string): { readonly folder: string; readonly name: string } {
  if (path.endsWith('/.') || path === '.') return { folder: posix.normalize(path), name: '.' };
  const clean = posix.normalize(path).replace(/(.)\/+$/, '$1');
  if (clean === '/') return { folder: '/', name: '.' };
  return { folder: posix.dirname(clean), name: posix.basename(clean) };
}
