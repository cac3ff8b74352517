import { auditDraft } from '@ushadow/messaging';
import { isTaken, joinSql, sql, type AuditDraft, type AuditTrail, type Queries, type Sql } from '@ushadow/postgres';
import type { KeyRing } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { uploadFilesTable } from '../keys/envelope-tables.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import type { ProjectFile, Upload } from './upload.ts';

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

/** What goes with an upload: all of it is stored, or nothing. */
export interface WithUpload {
  /** For the audit. */
  readonly details?: Readonly<Record<string, string>>;
  /** Gives what the audit says of it. */
  readonly also?: (queries: Queries) => Promise<readonly AuditDraft[]>;
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
  private readonly trail: AuditTrail;

  constructor(database: Database, ring: KeyRing, trail: AuditTrail) {
    this.database = database;
    this.trail = trail;
    this.vault = new Vault(ring, uploadFilesTable);
  }

  /** Undefined when the name is taken and is not to be replaced. */
  async save(
    upload: Pick<Upload, 'name' | 'uploadedAt' | 'uploadedBy'>,
    files: readonly ProjectFile[],
    { replace, details = {}, also }: WithUpload & { replace: boolean },
  ): Promise<Upload | undefined> {
    const { name, uploadedAt, uploadedBy } = upload;
    const revision = randomUUID();
    try {
      await this.trail.postgres.transaction(async (queries) => {
        if (replace) await queries.count(sql`DELETE FROM catalog.uploads WHERE name = ${name}`);
        await queries.count(sql`
          INSERT INTO catalog.uploads (name, revision, uploaded_at, uploaded_by)
          VALUES (${name}, ${revision}::uuid, ${uploadedAt}::timestamptz, ${uploadedBy})`);
        if (files.length > 0)
          await queries.count(sql`
            INSERT INTO catalog.upload_files (id, upload_name, path, bytes, executable, envelope)
            VALUES ${joinSql(files.map((file) => this.toRow(name, file)))}`);
        const more = (await also?.(queries)) ?? [];
        const draft = auditDraft({
          action: 'project.uploaded',
          target: name,
          project: name,
          details: { revision, files: files.length, ...details },
        });
        await this.trail.append(queries, [draft, ...more]);
      });
    } catch (error) {
      if (isTaken(error)) return undefined;
      throw error;
    }
    const listed = files.map(({ path, content }) => ({ path, bytes: content.length }));
    return {
      ...upload,
      revision,
      files: listed.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      setAsideFor: undefined,
      goesAt: null,
    };
  }

  async list(): Promise<readonly Upload[]> {
    return (await this.database.prisma.upload.findMany({ orderBy: { name: 'asc' }, ...withFiles })).map(toUpload);
  }

  /** What is there now, to be compared with what is cached. */
  async revisions(): Promise<readonly StoredRevision[]> {
    const rows = await this.database.prisma.upload.findMany({
      orderBy: { name: 'asc' },
      select: { name: true, revision: true, uploadedAt: true, failures: true, failure: true },
    });
    return rows.map(({ failures, failure, ...row }) => ({ ...row, setAsideFor: setAsideFor(failures, failure) }));
  }

  /** Counts that a revision could not be read, and keeps why. */
  async failed(name: string, revision: string, failure: string): Promise<void> {
    await this.database.prisma.upload.updateMany({
      where: { name, revision },
      data: { failures: { increment: 1 }, failure },
    });
  }

  /**
   * Notes that a reader begins with a revision, before it does. What another one left unfinished counts as a failure:
   * whoever is at work renews its mark.
   */
  async mark(name: string, revision: string, reader: string): Promise<Marked> {
    const [row] = await this.database.prisma.$queryRaw<{ failures: number; failure: string | null }[]>`
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
    await this.database.prisma.$executeRaw`
      UPDATE uploads SET reading_until = now() + ${MARK_SECONDS}::int * interval '1 second'
      WHERE name = ${name} AND revision = ${revision}::uuid AND reader = ${reader}::uuid`;
  }

  /** What could be read after all forgets its failures: they were the machine's. */
  async unmark(name: string, revision: string, reader: string, wasRead: boolean): Promise<void> {
    await this.database.prisma.upload.updateMany({
      where: { name, revision, reader },
      data: { reader: null, readingUntil: null, ...(wasRead ? { failures: 0, failure: null } : {}) },
    });
  }

  private async isThere(name: string, revision: string): Promise<boolean> {
    return (await this.database.prisma.upload.count({ where: { name, revision } })) > 0;
  }

  /** Undefined when this revision is gone. */
  async files(name: string, revision: string): Promise<readonly ProjectFile[] | undefined> {
    const upload = await this.database.prisma.upload.findFirst({ where: { name, revision }, include: { files: true } });
    return upload?.files.map(({ id, path, executable, envelope }) => ({
      path,
      executable,
      content: this.vault.open(id, envelope),
    }));
  }

  /** With the settings of its own, which the next upload of this name must not find. False when there was none. */
  async delete(name: string): Promise<boolean> {
    const removed = await this.trail.write(
      async (queries) => {
        const count = await queries.count(sql`DELETE FROM catalog.uploads WHERE name = ${name}`);
        if (count === 0) return undefined;
        return { settings: await queries.count(sql`DELETE FROM catalog.settings WHERE project = ${name}`) };
      },
      (details) => auditDraft({ action: 'upload.removed', target: name, project: name, details }),
    );
    return removed !== undefined;
  }

  private toRow(name: string, { path, content, executable }: ProjectFile): Sql {
    const id = randomUUID();
    const envelope = this.vault.seal(id, content);
    return sql`(${id}::uuid, ${name}, ${path}, ${content.length}::int, ${executable}, ${envelope})`;
  }
}

function toUpload({ failures, failure, reader: _reader, readingUntil: _until, ...upload }: Row): Upload {
  return { ...upload, setAsideFor: setAsideFor(failures, failure) };
}

function setAsideFor(failures: number, failure: string | null): string | undefined {
  return failures < FAILURES_MAX ? undefined : (failure ?? '');
}
