import { utf8Length } from '@ushadow/kubernetes';
import type { ContentPort } from '../compile-input.ts';

export interface TreeFile {
  /** Relative to the folder read; the file's own name when one file was read. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly executable: boolean;
}

export interface Tree {
  readonly files: readonly TreeFile[];
  readonly bytes: number;
  /** More than can be carried: the files are then incomplete. */
  readonly tooLarge: boolean;
  /** Links that lead out of the folder, by their names in it; what they lead to does not lie inside and is left out. */
  readonly leftOut: readonly string[];
}

/** Of one set of files; the API server takes 1 MiB for an object with everything in it. */
const BYTES_MAX = 900_000;
const FILES_MAX = 500;
const DEPTH_MAX = 16;

/** Reads a file or a folder with everything below it; undefined when there is neither. */
export function readTree(port: ContentPort, path: string): Tree | undefined {
  const stat = port.stat(path);
  if (stat === undefined) return undefined;
  const files: TreeFile[] = [];
  const leftOut: string[] = [];
  const root = stat.realPath ?? path;
  let bytes = 0;
  const add = (full: string, relative: string, size: number): boolean => {
    if (bytes + size > BYTES_MAX || files.length >= FILES_MAX || port.spend?.(size) === false) return false;
    const file = readFile(port, full);
    if (file === undefined) return true;
    bytes += file.bytes;
    files.push({ path: relative, content: file.content, executable: file.executable });
    return bytes <= BYTES_MAX;
  };
  const walk = (folder: string, prefix: string, depth: number): boolean =>
    depth <= DEPTH_MAX &&
    port
      .list(folder)
      .toSorted()
      .every((name) => {
        const full = `${folder.replace(/\/$/, '')}/${name}`;
        const child = port.stat(full);
        if (child?.realPath !== undefined && !isInside(child.realPath, root)) return leftOut.push(prefix + name) > 0;
        if (child?.kind === 'directory') return walk(full, `${prefix}${name}/`, depth + 1);
        return child?.kind === 'file' ? add(full, prefix + name, child.size) : true;
      });
  const whole =
    stat.kind === 'directory'
      ? walk(path, '', 0)
      : stat.kind === 'file'
        ? add(path, path.split('/').at(-1) ?? path, stat.size)
        : true;
  return { files, bytes, tooLarge: !whole, leftOut };
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}

type ReadFile = Pick<TreeFile, 'content' | 'executable'> & { readonly bytes: number };

const readFiles = new WeakMap<ContentPort, Map<string, ReadFile | undefined>>();

/** Once for a port, however many services use the file: all of them get the same text. */
function readFile(port: ContentPort, path: string): ReadFile | undefined {
  const ofPort = readFiles.get(port) ?? new Map<string, ReadFile | undefined>();
  readFiles.set(port, ofPort);
  if (!ofPort.has(path)) {
    const content = readContent(port, path);
    const file = content === undefined ? undefined : { content, bytes: sizeOf(content) };
    ofPort.set(path, file && { ...file, executable: port.executable?.(path) === true });
  }
  return ofPort.get(path);
}

function sizeOf(content: string | Uint8Array): number {
  return typeof content === 'string' ? utf8Length(content) : content.length;
}

function readContent(port: ContentPort, path: string): string | Uint8Array | undefined {
  const bytes = port.readBytes?.(path);
  if (bytes === undefined) return port.read(path);
  return port.read(path) !== undefined && isText(bytes) ? port.read(path) : bytes;
}

/** Valid UTF-8 without a NUL: what a text field can carry unchanged. */
function isText(bytes: Uint8Array): boolean {
  let pending = 0;
  for (const byte of bytes) {
    if (byte === 0) return false;
    if (pending > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      pending--;
    } else if (byte >= 0xf0 && byte < 0xf5) pending = 3;
    else if (byte >= 0xe0) pending = byte < 0xf0 ? 2 : -1;
    else if (byte >= 0xc2) pending = 1;
    else if (byte >= 0x80) return false;
    if (pending < 0) return false;
  }
  return pending === 0;
}
