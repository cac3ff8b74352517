import { toDomainError } from '@ushadow/messaging';
import type { ProjectSource } from '../catalog/project-source.ts';
import { toSource } from './to-source.ts';
import type { Upload } from './upload.ts';
import type { UploadStore } from './upload.store.ts';

interface Cached {
  readonly revision: string;
  readonly source: ProjectSource | undefined;
}

export interface UploadedSources {
  readonly sources: readonly ProjectSource[];
  readonly isCurrent: boolean;
}

/** Uploaded projects, read again when another revision is stored, by whichever process. */
export class UploadedProjects {
  private readonly store: UploadStore;
  private cache = new Map<string, Cached>();

  constructor(store: UploadStore) {
    this.store = store;
  }

  /** With the database away: those seen last, and `isCurrent` false. */
  async sources(): Promise<UploadedSources> {
    try {
      await this.refresh();
      return { sources: this.known(), isCurrent: true };
    } catch (error) {
      if (toDomainError(error).code !== 'STORE_UNAVAILABLE') throw error;
      return { sources: this.known(), isCurrent: false };
    }
  }

  private known(): readonly ProjectSource[] {
    return [...this.cache.values()].flatMap(({ source }) => source ?? []);
  }

  private async refresh(): Promise<void> {
    const stored = await this.store.revisions();
    const entries = await Promise.all(stored.map(async (upload) => [upload.name, await this.read(upload)] as const));
    this.cache = new Map(entries);
  }

  private async read({
    name,
    revision,
    uploadedAt,
  }: Pick<Upload, 'name' | 'revision' | 'uploadedAt'>): Promise<Cached> {
    const known = this.cache.get(name);
    if (known?.revision === revision) return known;
    const files = await this.store.files(name, revision);
    return { revision, source: files === undefined ? undefined : toSource(name, files, uploadedAt) };
  }
}
