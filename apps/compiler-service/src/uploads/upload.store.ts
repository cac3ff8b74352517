import type { KeyRing } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { Prisma } from '../generated/prisma/client.ts';
import { uploadFilesColumn } from '../keys/sealed-column.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import type { ProjectFile } from './project-file.ts';
import type { Upload } from './upload.ts';

const withFiles = { include: { files: { select: { path: true, bytes: true }, orderBy: { path: 'asc' } } } } as const;

/** Failures after which an upload is read no more: one may be the machine's, two are the project's. */
const FAILURES_MAX = 2;

/** How long a mark holds that nobody renews. */
const MARK_SECONDS = 15;
const ENDED = 'The process that read it came to its end.';

/** `busy`: another process reads it. */
export type Marked = 'marked' | 'busy' | { readonly setAsideFor: string };

export interface StoredRevision extends Pick<Upload, 'name' | 'revision' | 'uploadedAt'> {
  readonly setAsideFor: string | undefined;
}

interface Row extends Omit<Upload, 'setAsideFor'> {
  readonly failures: number;
  readonly failure: string | null;
  readonly reader: string | null;
  readonly readingUntil: Date | null;
}

export class UploadStore {
  private readonly database: Database;
  private readonly vault: Vault;

  constructor(database: Database, ring: KeyRing) {
    this.database = database;
    this.vault = new Vault(ring, uploadFilesColumn);
  }

  /** Undefined when the name is taken and is not to be replaced. */
  async save(
    upload: Pick<Upload, 'name' | 'uploadedAt' | 'uploadedBy'>,
    files: readonly ProjectFile[],
    { replace }: { replace: boolean },
  ): Promise<Upload | undefined> {
    const { name } = upload;
    try {
      return await this.database.$transaction(async (transaction) => {
        if (replace) await transaction.upload.deleteMany({ where: { name } });
        const created = await transaction.upload.create({
          data: { ...upload, revision: randomUUID(), files: { create: files.map((file) => this.toRow(file)) } },
          ...withFiles,
        });
        return toUpload(created);
      });
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return undefined;
      throw error;
    }
  }

  async list(): Promise<readonly Upload[]> {
    return (await this.database.upload.findMany({ orderBy: { name: 'asc' }, ...withFiles })).map(toUpload);
  }

  /** What is there now, to be compared with what is cached. */
  async revisions(): Promise<readonly StoredRevision[]> {
    const rows = await this.database.upload.findMany({
      orderBy: { name: 'asc' },
      select: { name: true, revision: true, uploadedAt: true, failures: true, failure: true },
    });
    return rows.map(({ failures, failure, ...row }) => ({ ...row, setAsideFor: setAsideFor(failures, failure) }));
  }

  /** Counts that a revision could not be read, and keeps why. */
  async failed(name: string, revision: string, failure: string): Promise<void> {
    await this.database.upload.updateMany({
      where: { name, revision },
      data: { failures: { increment: 1 }, failure },
    });
  }

  /**
   * Notes that a reader begins with a revision, before it does. What another one left unfinished counts as a failure:
   * whoever is at work renews its mark.
   */
  async mark(name: string, revision: string, reader: string): Promise<Marked> {
    const [row] = await this.database.$queryRaw<{ failures: number; failure: string | null }[]>`
      UPDATE uploads SET
        failures = failures + (reader IS NOT NULL)::int,
        failure = CASE WHEN reader IS NULL THEN failure ELSE ${ENDED} END,
        reader = ${reader}::uuid,
        reading_until = now() + ${MARK_SECONDS}::int * interval '1 second'
      WHERE name = ${name} AND revision = ${revision}::uuid AND (reader IS NULL OR reading_until < now())
      RETURNING failures, failure`;
    if (row === undefined) return (await this.isThere(name, revision)) ? 'busy' : 'marked';
    const reason = setAsideFor(row.failures, row.failure);
    if (reason === undefined) return 'marked';
    await this.unmark(name, revision, reader, false);
    return { setAsideFor: reason };
  }

  async renew(name: string, revision: string, reader: string): Promise<void> {
    await this.database.$executeRaw`
      UPDATE uploads SET reading_until = now() + ${MARK_SECONDS}::int * interval '1 second'
      WHERE name = ${name} AND revision = ${revision}::uuid AND reader = ${reader}::uuid`;
  }

  /** What could be read after all forgets its failures: they were the machine's. */
  async unmark(name: string, revision: string, reader: string, wasRead: boolean): Promise<void> {
    await this.database.upload.updateMany({
      where: { name, revision, reader },
      data: { reader: null, readingUntil: null, ...(wasRead ? { failures: 0, failure: null } : {}) },
    });
  }

  private async isThere(name: string, revision: string): Promise<boolean> {
    return (await this.database.upload.count({ where: { name, revision } })) > 0;
  }

  /** Undefined when this revision is gone. */
  async files(name: string, revision: string): Promise<readonly ProjectFile[] | undefined> {
    const upload = await this.database.upload.findFirst({ where: { name, revision }, include: { files: true } });
    return upload?.files.map(({ id, path, executable, envelope }) => ({
      path,
      executable,
      content: this.vault.open(id, envelope),
    }));
  }

  /** With the settings of its own, which the next upload of this name must not find. False when there was none. */
  async delete(name: string): Promise<boolean> {
    return this.database.$transaction(async (transaction) => {
      const { count } = await transaction.upload.deleteMany({ where: { name } });
      if (count > 0) await transaction.setting.deleteMany({ where: { project: name } });
      return count > 0;
    });
  }

  private toRow({ path, content, executable }: ProjectFile) {
    const id = randomUUID();
    const envelope = this.vault.seal(id, content);
    return { id, path, bytes: content.length, executable, envelope };
  }
}

function toUpload({ failures, failure, reader: _reader, readingUntil: _until, ...upload }: Row): Upload {
  return { ...upload, setAsideFor: setAsideFor(failures, failure) };
}

function setAsideFor(failures: number, failure: string | null): string | undefined {
  return failures < FAILURES_MAX ? undefined : (failure ?? '');
}
