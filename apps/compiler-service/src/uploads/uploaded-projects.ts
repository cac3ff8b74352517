import { toDomainError } from '@ushadow/messaging';
import type { StoredSource } from '../catalog/project-source.ts';
import { toSource, unreadSource } from './to-source.ts';
import type { StoredRevision, UploadStore } from './upload.store.ts';

export interface UploadedSource {
  readonly source: StoredSource;
  /** Why it is not read any more. */
  readonly setAsideFor: string | undefined;
}

interface Cached {
  readonly revision: string;
  readonly uploaded: UploadedSource | undefined;
}

export interface UploadedSources {
  readonly sources: readonly UploadedSource[];
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

  /** Notes that an upload could not be read; after the second time nobody tries again. */
  async failed({ origin, stem }: StoredSource, reason: string): Promise<void> {
    const cached = this.cache.get(stem);
    if (origin !== 'upload' || cached === undefined) return;
    try {
      await this.store.failed(stem, cached.revision, reason);
    } catch (error) {
      if (toDomainError(error).code !== 'STORE_UNAVAILABLE') throw error;
    }
  }

  private known(): readonly UploadedSource[] {
    return [...this.cache.values()].flatMap(({ uploaded }) => uploaded ?? []);
  }

  private async refresh(): Promise<void> {
    const stored = await this.store.revisions();
    const entries = await Promise.all(stored.map(async (upload) => [upload.name, await this.read(upload)] as const));
    this.cache = new Map(entries);
  }

  /** What was set aside is not even unpacked. */
  private async read({ name, revision, uploadedAt, setAsideFor }: StoredRevision): Promise<Cached> {
    const known = this.cache.get(name);
    if (known?.revision === revision && known.uploaded?.setAsideFor === setAsideFor) return known;
    const files = setAsideFor === undefined ? await this.store.files(name, revision) : undefined;
    const source =
      setAsideFor === undefined ? files && toSource(name, files, uploadedAt) : unreadSource(name, uploadedAt);
    return { revision, uploaded: source && { source, setAsideFor } };
  }
}
