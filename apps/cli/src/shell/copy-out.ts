import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Refusal, type CommandContext } from '../command.ts';
import type { ContainerTar } from './container-tar.ts';
import { tarPlace } from './copy-ends.ts';
import { writeTo } from './streams.ts';
import { unpackTar, type UnpackPlace } from './unpack-tar.ts';

export interface Copied {
  readonly files: number;
  readonly bytes: number;
  readonly refused: readonly string[];
}

/** Out of a container, to a path of this machine, or as an archive to standard output. */
export async function copyOut(tar: ContainerTar, from: string, to: string, context: CommandContext): Promise<Copied> {
  const { folder, name } = tarPlace(from);
  const place = to === '-' ? undefined : await placeOf(resolve(context.workingDirectory, to), name, to.endsWith('/'));
  const { archive, done } = tar.pack(folder, name);
  if (place !== undefined) {
    try {
      const [copied] = await Promise.all([unpackTar(archive, place), done]);
      return copied;
    } catch (error) {
      // Whoever sends it would wait for it to be read.
      archive.destroy();
      throw error;
    }
  }
  const { streams } = context;
  if (streams === undefined || streams.stdout.isTTY === true)
    throw new Refusal('An archive is not written to a terminal.');
  let bytes = 0;
  for await (const chunk of archive as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    await writeTo(streams.stdout, chunk);
  }
  await done;
  return { files: 1, bytes, refused: [] };
}

async function placeOf(path: string, name: string, mustBeFolder: boolean): Promise<UnpackPlace> {
  const found = await stat(path).catch(() => undefined);
  const only = name === '.' ? {} : { name };
  if (found?.isDirectory() === true) return { folder: path, ...only };
  if (mustBeFolder) throw new Refusal(`${path} is no folder.`);
  if (name === '.') {
    if (found !== undefined) throw new Refusal(`${path} is a file.`);
    await mkdir(path);
    return { folder: path };
  }
  const folder = dirname(path);
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true)
    throw new Refusal(`There is no folder ${folder}.`);
  return { folder, rename: basename(path), ...only };
}
