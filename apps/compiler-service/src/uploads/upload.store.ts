import type { KeyRing } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { Prisma } from '../generated/prisma/client.ts';
import { uploadFilesColumn } from '../keys/sealed-column.ts';
import { Vault } from '../keys/vault.ts';
import type { Database } from '../store/database.store.ts';
import type { ProjectFile } from './project-file.ts';
import type { Upload } from './upload.ts';

const withFiles = { include: { files: { select: { path: true, bytes: true }, orderBy: { path: 'asc' } } } } as const;

export class UploadStore {
  private readonly database: Database;
  private readonly vault: Vault;

  constructor(database: Database, ring: KeyRing) {
    this.database = database;
    this.vault = new Vault(ring, uploadFilesColumn);
  }

  /** Undefined when the name is taken and is not to be replaced. */
  async save(
    upload: Omit<Upload, 'revision' | 'files'>,
    files: readonly ProjectFile[],
    { replace }: { replace: boolean },
  ): Promise<Upload | undefined> {
    const { name } = upload;
    try {
      return await this.database.$transaction(async (transaction) => {
        if (replace) await transaction.upload.deleteMany({ where: { name } });
        return transaction.upload.create({
          data: { ...upload, revision: randomUUID(), files: { create: files.map((file) => this.toRow(file)) } },
          ...withFiles,
        });
      });
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return undefined;
      throw error;
    }
  }

  async list(): Promise<readonly Upload[]> {
    return this.database.upload.findMany({ orderBy: { name: 'asc' }, ...withFiles });
  }

  /** What is there now, to be compared with what is cached. */
  async revisions(): Promise<readonly Pick<Upload, 'name' | 'revision' | 'uploadedAt'>[]> {
    return this.database.upload.findMany({
      orderBy: { name: 'asc' },
      select: { name: true, revision: true, uploadedAt: true },
    });
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

  /** False when there was none. */
  async delete(name: string): Promise<boolean> {
    return (await this.database.upload.deleteMany({ where: { name } })).count > 0;
  }

  private toRow({ path, content, executable }: ProjectFile) {
    const id = randomUUID();
    const envelope = this.vault.seal(id, content);
    return { id, path, bytes: content.length, executable, envelope };
  }
}
