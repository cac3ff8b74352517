import { Injectable } from '@nestjs/common';
import { toDomainError } from '@ushadow/messaging';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { StoredSource } from '../catalog/project-source.ts';
import { toSource, unreadSource } from './to-source.ts';
import { UploadStore, type StoredRevision } from './upload.store.ts';

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

/** It was set aside when it was about to be read. */
export class UploadSetAside extends Error {}

const RENEW_MS = 5_000;
const LOOK_MS = 250;
/** As many as there are threads to read them. */
const READ_AT_ONCE = 2;

/** Uploaded projects, read again when another revision is stored, by whichever process. */
@Injectable()
export class UploadedProjects {
  private readonly reader = randomUUID();
  private readonly running = new Set<Promise<unknown>>();
  private isStopped = false;
  private reads = 0;
  private readonly waiting: (() => void)[] = [];
  private cache = new Map<string, Cached>();

  constructor(private readonly store: UploadStore) {}

  /** Nothing is begun any more. */
  stop(): void {
    this.isStopped = true;
  }

  /** Resolves when no mark of this process is left: once it is stopped, and what is being read has ended. */
  async close(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  /**
   * Reads an upload with a mark on it, one process at a time: should this one end over it, the next one finds the mark and
   * counts it as a failure. Throws UploadSetAside where that was the second. Without the database it is read unmarked.
   * Those that wait for their turn have no mark: an end of the process is nothing against them.
   */
  async reading<T>(source: StoredSource, read: () => Promise<T>): Promise<T> {
    if (source.origin !== 'upload') return read();
    if (this.reads >= READ_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.reads += 1;
    const running = this.readMarked(source, read);
    this.running.add(running);
    try {
      return await running;
    } finally {
      this.running.delete(running);
      const next = this.waiting.shift();
      if (next === undefined) this.reads -= 1;
      else next();
    }
  }

  private async readMarked<T>({ stem }: StoredSource, read: () => Promise<T>): Promise<T> {
    const revision = this.cache.get(stem)?.revision;
    if (revision === undefined || !(await this.mark(stem, revision))) return read();
    const renewing = setInterval(() => void ifThere(this.store.renew(stem, revision, this.reader)), RENEW_MS);
    let wasRead = false;
    try {
      this.refuseWhenStopped();
      const result = await read();
      wasRead = true;
      return result;
    } finally {
      clearInterval(renewing);
      await ifThere(this.store.unmark(stem, revision, this.reader, wasRead));
    }
  }

  private refuseWhenStopped(): void {
    if (this.isStopped) throw new Error('this process is about to end');
  }

  /** False when the database is away. */
  private async mark(name: string, revision: string): Promise<boolean> {
    for (;;) {
      this.refuseWhenStopped();
      const marked = await ifThere(this.store.mark(name, revision, this.reader));
      if (marked === undefined) return false;
      if (typeof marked === 'object') throw new UploadSetAside(marked.setAsideFor);
      if (marked === 'marked') return true;
      await wait(LOOK_MS);
    }
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
    await ifThere(this.store.failed(stem, cached.revision, reason));
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

/** Undefined when the database is away. */
async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (toDomainError(error).code === 'STORE_UNAVAILABLE') return undefined;
    throw error;
  }
}
