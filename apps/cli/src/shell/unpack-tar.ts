import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, link, lstat, mkdir, open, rename, symlink, unlink, utimes } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';

export interface Unpacked {
  readonly files: number;
  readonly bytes: number;
  /** What was not taken, each in words. */
  readonly refused: readonly string[];
}

export interface UnpackPlace {
  /** Nothing is written outside of it. It is there. */
  readonly folder: string;
  /** The topmost name that was asked for; whatever else an archive holds is not taken. Absent: all of it was. */
  readonly name?: string | undefined;
  /** What the topmost name of the archive becomes; absent: names stay. */
  readonly rename?: string | undefined;
}

/** Who may do what with a file; never a right that it would give to whoever runs it. */
const MODE_MASK = 0o777;

/**
 * Writes an archive that a container has made, which may be anybody's: names that lead out of the folder are refused, links that
 * do too, and nothing is written through a link. Devices and sockets are left out.
 */
export async function unpackTar(archive: Readable, place: UnpackPlace): Promise<Unpacked> {
  const entries = extract();
  let lost: Error | undefined;
  archive.on('error', (error: Error) => {
    lost = error;
    entries.destroy(error);
  });
  archive.pipe(entries);
  const unpacking = new Unpacking(place);
  try {
    for await (const entry of entries) {
      await unpacking.take(entry.header, entry as AsyncIterable<Buffer>);
      entry.resume();
    }
  } catch (error) {
    // What reads it knows only that it has ended.
    throw lost ?? error;
  }
  await unpacking.finish();
  return unpacking;
}

class Unpacking implements Unpacked {
  files = 0;
  bytes = 0;
  readonly refused: string[] = [];
  readonly #place: UnpackPlace;
  /** Folders get their rights last: one that nobody may write to is to be filled first. */
  readonly #folders: { readonly path: string; readonly mode: number; readonly mtime: Date | undefined }[] = [];

  constructor(place: UnpackPlace) {
    this.#place = place;
  }

  async take(header: Header, content: AsyncIterable<Uint8Array>): Promise<void> {
    const name = this.#nameOf(header.name);
    if (name === undefined) return this.#refuse(header.name, 'leads out of the target, or was not asked for');
    const path = join(this.#place.folder, ...name);
    const mode = (header.mode ?? 0o644) & MODE_MASK;
    const holder = await this.#folderOf(name);
    if (holder !== undefined) return this.#refuse(header.name, holder);
    switch (header.type) {
      case 'directory':
        return this.#folder(header, path, mode, name.length === 0);
      case 'file':
      case 'contiguous-file':
        return this.#file(header, path, mode, content);
      case 'symlink':
        return this.#symbolicLink(header, path, name);
      case 'link':
        return this.#hardLink(header, path);
      default:
        return this.#refuse(header.name, `is a ${String(header.type)}`);
    }
  }

  async finish(): Promise<void> {
    for (const { path, mode, mtime } of this.#folders.toReversed()) {
      await chmod(path, mode);
      if (mtime !== undefined) await utimes(path, mtime, mtime);
    }
  }

  /** Its parts below the target; undefined where it leads out of it. */
  #nameOf(text: string): readonly string[] | undefined {
    if (text.includes('\0') || text.startsWith('/')) return undefined;
    if (process.platform === 'win32' && /[\\:]/.test(text)) return undefined;
    const parts = text.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..')) return undefined;
    const { name, rename: other } = this.#place;
    if (name !== undefined && parts[0] !== name) return undefined;
    return other === undefined || parts.length === 0 ? parts : [other, ...parts.slice(1)];
  }

  /** Makes the folders above; says why it cannot be written to, where one of them is no folder. */
  async #folderOf(name: readonly string[]): Promise<string | undefined> {
    let path = this.#place.folder;
    for (const part of name.slice(0, -1)) {
      path = join(path, part);
      const found = await lstat(path).catch(() => undefined);
      if (found === undefined) await mkdir(path);
      else if (!found.isDirectory()) return 'is below what is no folder';
    }
    return undefined;
  }

  async #folder(header: Header, path: string, mode: number, isTarget: boolean): Promise<void> {
    const found = await lstat(path).catch(() => undefined);
    if (found !== undefined && !found.isDirectory()) return this.#refuse(header.name, 'is there and no folder');
    if (found === undefined) await mkdir(path);
    // What was there before keeps its rights.
    if (found === undefined && !isTarget) this.#folders.push({ path, mode, mtime: header.mtime });
  }

  async #file(header: Header, path: string, mode: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    if ((await this.#kindOf(header, path)) === 'folder') return;
    await mkdir(dirname(path), { recursive: true });
    // What is there is replaced by the whole file or not at all.
    const part = join(dirname(path), `.ushadow-${randomBytes(8).toString('hex')}`);
    try {
      await this.#write(part, mode, header, content);
      await rename(part, path);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
    this.files += 1;
  }

  async #write(path: string, mode: number, { mtime }: Header, content: AsyncIterable<Uint8Array>): Promise<void> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
    const file = await open(path, flags, mode);
    try {
      for await (const bytes of content) {
        await file.writeFile(bytes);
        this.bytes += bytes.length;
      }
      await file.chmod(mode);
      if (mtime !== undefined) await file.utimes(mtime, mtime);
    } finally {
      await file.close();
    }
  }

  async #symbolicLink(header: Header, path: string, name: readonly string[]): Promise<void> {
    const target = header.linkname ?? '';
    const from = name.slice(0, -1).join('/');
    const reached = posix.normalize(posix.join(from, target));
    if (target === '' || target.startsWith('/') || reached === '..' || reached.startsWith('../'))
      return this.#refuse(header.name, 'is a link that leads out of the target');
    if (!(await this.#makeRoom(header, path))) return;
    await symlink(target, path);
    this.files += 1;
  }

  async #hardLink(header: Header, path: string): Promise<void> {
    const name = this.#nameOf(header.linkname ?? '');
    if (name === undefined || name.length === 0)
      return this.#refuse(header.name, 'is a link that leads out of the target');
    const original = join(this.#place.folder, ...name);
    if ((await this.#folderOf(name)) !== undefined || (await lstat(original).catch(() => undefined))?.isFile() !== true)
      return this.#refuse(header.name, 'is a link to what is no file of the copy');
    if (!(await this.#makeRoom(header, path))) return;
    await link(original, path);
    this.files += 1;
  }

  /** Takes away a file or a link that has the name; what a link leads to stays as it is. */
  async #makeRoom(header: Header, path: string): Promise<boolean> {
    const kind = await this.#kindOf(header, path);
    if (kind === 'other') await unlink(path);
    if (kind === 'none') await mkdir(dirname(path), { recursive: true });
    return kind !== 'folder';
  }

  /** What has the name now; a folder stays, and is refused. */
  async #kindOf(header: Header, path: string): Promise<'folder' | 'other' | 'none'> {
    const found = await lstat(path).catch(() => undefined);
    if (found?.isDirectory() === true) this.#refuse(header.name, 'is there, as a folder');
    if (found === undefined) return 'none';
    return found.isDirectory() ? 'folder' : 'other';
  }

  #refuse(name: string, why: string): void {
    this.refused.push(`${name} ${why}`);
  }
}
