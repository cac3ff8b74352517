import { findProjectFile } from '../catalog/find-projects.ts';
import type { StoredSource } from '../catalog/project-source.ts';
import type { ProjectFile } from './upload.ts';
import { UploadFilePort } from './upload-file-port.ts';

/** Where uploads seem to lie; nothing of them is on a disk. */
const BASE = '/uploads';

/** An upload as a project of the catalog. Undefined when it is not clear which of its files is the Compose file. */
export function toSource(name: string, files: readonly ProjectFile[], updatedAt: Date): StoredSource | undefined {
  const directory = `${BASE}/${name}`;
  const port = new UploadFilePort(directory, files);
  const found = findProjectFile(port, directory);
  if (found === undefined) return undefined;
  return {
    stem: name,
    file: `${name}/${found.file}`,
    files: found.isStandard ? [] : [`${directory}/${found.file}`],
    directory,
    content: files,
    root: directory,
    base: BASE,
    origin: 'upload',
    updatedAt,
  };
}

/** An upload whose files are not read. */
export function unreadSource(name: string, updatedAt: Date): StoredSource {
  const directory = `${BASE}/${name}`;
  const place = { stem: name, file: name, files: [], directory, root: directory, base: BASE, updatedAt };
  return { ...place, origin: 'upload', content: [] };
}
