import { lstat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Refusal, type CommandContext } from '../command.ts';
import type { ContainerTar } from './container-tar.ts';
import { tarPlace } from './copy-ends.ts';
import type { Copied } from './copy-out.ts';
import { packTar } from './pack-tar.ts';

/** Into a container, from a path of this machine, or from an archive on standard input. */
export async function copyIn(tar: ContainerTar, from: string, to: string, context: CommandContext): Promise<Copied> {
  let bytes = 0;
  async function* counted(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of archive) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  if (from === '-') {
    const { streams } = context;
    if (streams === undefined || streams.stdin.isTTY === true)
      throw new Refusal('An archive is not read from a terminal.');
    await tar.unpack(to, counted(streams.stdin as AsyncIterable<Uint8Array>));
    return { files: 1, bytes, refused: [] };
  }
  const path = resolve(context.workingDirectory, from);
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) throw new Refusal(`There is no ${path}.`);
  const isContent = from.endsWith('/.') || from === '.';
  const isInside = await tar.isFolder(to);
  if (to.endsWith('/') && !isInside) throw new Refusal(`There is no folder ${to} in the container of ${tar.service}.`);
  const place = isInside ? { folder: to, name: isContent ? '.' : basename(path) } : tarPlace(to);
  await tar.unpack(place.folder, counted(packTar(path, place.name) as AsyncIterable<Buffer>));
  return { files: 1, bytes, refused: [] };
}
