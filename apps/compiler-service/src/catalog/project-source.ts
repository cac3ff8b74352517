import type { ContentPort } from '@ushadow/compiler';

/** A Compose project of the catalog: where its files are and the name its services are listed under. */
export interface ProjectSource {
  /** First half of its services' ids: the file's stem, the folder's name, or the upload's. */
  readonly stem: string;
  /** Path of its Compose file for people, below `base`. */
  readonly file: string;
  /** Absolute; empty when the loader is to find them by name in `directory`. */
  readonly files: readonly string[];
  readonly directory: string;
  readonly port: ContentPort;
  /** Folder below which it may read. */
  readonly root: string;
  /** Folder that paths are shown below: where it lies is nobody's business. */
  readonly base: string;
  readonly origin: 'directory' | 'upload';
  /** When it was uploaded. */
  readonly updatedAt?: Date | undefined;
}
