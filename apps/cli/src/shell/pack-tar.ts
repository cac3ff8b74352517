import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pack, type Header, type Pack } from 'tar-stream';
import { Refusal } from '../command.ts';

type EntryHeader = Partial<Header> & Pick<Header, 'name'>;

/** An archive of a file or folder under a name, as its bytes are read. Files belong to whoever unpacks them; devices are left out. */
export function packTar(path: string, name: string): Pack {
  const archive = pack();
  add(archive, path, name).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return archive;
}

async function add(archive: Pack, path: string, name: string): Promise<void> {
  const found = await lstat(path);
  const common = { name, mode: found.mode & 0o7777, mtime: found.mtime, uid: 0, gid: 0 };
  if (found.isDirectory()) {
    await entry(archive, { ...common, type: 'directory' });
    for (const each of (await readdir(path)).sort()) await add(archive, join(path, each), `${name}/${each}`);
  } else if (found.isSymbolicLink()) {
    await entry(archive, { ...common, type: 'symlink', linkname: await readlink(path) });
  } else if (found.isFile()) await addFile(archive, path, found, common);
}

async function addFile(archive: Pack, path: string, { size }: Stats, header: EntryHeader): Promise<void> {
  let settle: (error?: Error | null) => void = () => undefined;
  const added = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  added.catch(() => undefined);
  const sink = archive.entry({ ...header, type: 'file', size }, (error) => settle(error));
  let sent = 0;
  if (size > 0)
    for await (const bytes of createReadStream(path, { end: size - 1 }) as AsyncIterable<Buffer>) {
      sent += bytes.length;
      if (!sink.write(bytes)) await room(sink, archive);
    }
  if (sent !== size) throw new Refusal(`${path} was changed while it was read.`);
  sink.end(Buffer.alloc(0));
  await added;
}

function room(sink: ReturnType<Pack['entry']>, archive: Pack): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(new Error('the archive is not read any more'));
    archive.once('close', onClose);
    sink.once('drain', () => {
      archive.off('close', onClose);
      resolve();
    });
  });
}

function entry(archive: Pack, header: EntryHeader): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, (error) => (error ? reject(error) : resolve()));
  });
}
