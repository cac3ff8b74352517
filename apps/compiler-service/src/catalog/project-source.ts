import type { ContentPort } from '@ushadow/compiler';
import { ParsedFiles } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import type { ProjectFile } from '../uploads/upload.ts';
import { UploadFilePort } from '../uploads/upload-file-port.ts';

/** A Compose project of the catalog: where its files are and the name its services are listed under. */
export interface SourcePlace {
  /** First half of its services' ids: the file's stem, the folder's name, or the upload's. */
  readonly stem: string;
  /** Path of its Compose file for people, below `base`. */
  readonly file: string;
  /** Absolute; empty when the loader is to find them by name in `directory`. */
  readonly files: readonly string[];
  readonly directory: string;
  /** Folder below which it may read. */
  readonly root: string;
  /** Folder that paths are shown below: where it lies is nobody's business. */
  readonly base: string;
  readonly origin: 'directory' | 'upload';
  /** When it was uploaded. */
  readonly updatedAt?: Date | undefined;
}

/** As the catalog knows it, and as it is handed to whoever reads it. */
export interface StoredSource extends SourcePlace {
  /** Undefined: they are on the disk. */
  readonly content: readonly ProjectFile[] | undefined;
}

/** As it is read. */
export interface ProjectSource extends SourcePlace {
  readonly port: ContentPort;
  /** Files of it that were read before. */
  readonly parsed?: ParsedFiles | undefined;
}

export function openSource({ content, ...place }: StoredSource, parsed = new ParsedFiles()): ProjectSource {
  const { root, directory } = place;
  const port = content === undefined ? new DiskFilePort({ roots: [root] }) : new UploadFilePort(directory, content);
  return { ...place, port, parsed };
}
