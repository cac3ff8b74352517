import { uploadLimits } from '@ushadow/contracts';
import type { LoadResult } from '@ushadow/compose';
import { createHmac } from 'node:crypto';
import { posix } from 'node:path';
import type { ProjectSource } from './project-source.ts';

export interface ContentFile {
  /** Below the project's folder. */
  readonly path: string;
  /** Undefined for one that is too large to be read for this; its size speaks for it. */
  readonly content: Uint8Array | undefined;
  readonly size: number;
}

/**
 * What a project consists of: an upload of all its files; a project of a directory of those that the loader has read, and
 * what its configs, secrets and binds name inside the folder that it may read.
 */
export function projectFiles(source: ProjectSource, { project, filesRead }: LoadResult): readonly ContentFile[] {
  const named =
    source.origin === 'upload'
      ? [source.directory]
      : [
          ...filesRead,
          ...Object.values({ ...project?.configs, ...project?.secrets }).flatMap(({ file }) => file ?? []),
          ...bindsOf(project),
        ];
  const budget = { files: uploadLimits.files, bytes: uploadLimits.totalBytes };
  const paths = [
    ...new Set(named.filter((path) => isBelow(path, source.root)).flatMap((path) => filesBelow(path, source, budget))),
  ];
  return paths.sort().map((path) => readOne(path, source, budget));
}

/** Of content and place: two projects of one digest are the same. Keyed, since an env file may hold a short password. */
export function digestOf(files: readonly ContentFile[], key: Uint8Array): string {
  const hash = createHmac('sha256', key);
  for (const { path, content, size } of files) {
    hash.update(`${JSON.stringify([path, size, content !== undefined])}\n`);
    if (content !== undefined) hash.update(content);
  }
  return `sha256:${hash.digest('hex')}`;
}

interface Budget {
  files: number;
  bytes: number;
}

function filesBelow(path: string, source: ProjectSource, budget: Budget): readonly string[] {
  const { port } = source;
  const kind = port.stat(path)?.kind;
  if (kind === 'directory') {
    const names = [...port.list(path)].sort();
    return names.flatMap((name) => (budget.files > 0 ? filesBelow(`${path}/${name}`, source, budget) : []));
  }
  if (kind !== 'file' || budget.files <= 0) return [];
  budget.files -= 1;
  return [path];
}

function readOne(path: string, { port, directory }: ProjectSource, budget: Budget): ContentFile {
  const size = port.stat(path)?.size ?? 0;
  const fits = size <= uploadLimits.fileBytes && size <= budget.bytes;
  if (fits) budget.bytes -= size;
  const content = fits ? bytesOf(path, port) : undefined;
  return { path: posix.relative(directory, path), content, size };
}

function bytesOf(path: string, port: ProjectSource['port']): Uint8Array | undefined {
  const bytes = port.readBytes?.(path);
  if (bytes !== undefined) return bytes;
  const text = port.read(path);
  return text === undefined ? undefined : Buffer.from(text, 'utf8');
}

function bindsOf(project: LoadResult['project']): readonly string[] {
  const services = Object.values({ ...project?.services, ...project?.disabledServices });
  return services.flatMap(({ volumes = [] }) =>
    volumes.flatMap(({ type, source }) => (type === 'bind' && source !== undefined ? [source] : [])),
  );
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
}
