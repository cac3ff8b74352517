import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { Catalog } from '../catalog/catalog.ts';
import { checkFiles } from './check-files.ts';
import type { ProjectFile } from './upload.ts';
import { readArchive } from './read-archive.ts';
import { decodeBase64, readFiles } from './read-files.ts';
import { toSource } from './to-source.ts';
import { toContract } from './upload.mapper.ts';
import { uploadInvalid } from './upload-refusals.ts';
import { UploadStore, type WithUpload } from './upload.store.ts';

const operation = operations.uploadProject;

export interface TakenProject {
  readonly name: string;
  readonly files: readonly ProjectFile[];
  readonly replace: boolean;
  readonly actor: string;
}

/** Takes a Compose project into the catalog. A Compose file with mistakes is taken too: the answer says what is wrong. */
@Injectable()
export class UploadProject {
  constructor(
    private readonly store: UploadStore,
    private readonly catalog: Catalog,
  ) {}

  async run(input: InputOf<typeof operation>, { actor }: RequestContext): Promise<OutputOf<typeof operation>> {
    const { name, replace = false } = input;
    return this.take({ name, files: await filesOf(input), replace, actor });
  }

  /** `withIt`: what is kept in one with it. */
  async take(
    { name, files, replace, actor }: TakenProject,
    withIt: WithUpload = {},
  ): Promise<OutputOf<typeof operation>> {
    checkFiles(files);
    const uploadedAt = new Date();
    const source = toSource(name, files, uploadedAt);
    if (source === undefined) {
      throw uploadInvalid([
        { path: name, problem: 'has no Compose file at its top, or several; call it compose.yaml' },
      ]);
    }
    await this.refuseTaken(name);
    // Before anything is kept: what cannot be read now could not be read after a restart either.
    const content = await this.catalog.examine(source);
    const upload = { name, uploadedAt, uploadedBy: actor };
    const saved = await this.store.save(upload, files, { ...withIt, replace });
    if (saved === undefined) throw nameTaken(name, 'Send `replace: true` to put this one in its place.');
    return toContract(saved, content);
  }

  private async refuseTaken(name: string): Promise<void> {
    const { entries, problems } = await this.catalog.list();
    const taken = [...entries, ...problems].find(({ source }) => source.stem === name && source.origin !== 'upload');
    if (taken !== undefined) throw nameTaken(name, `It is ${taken.source.file} in the folder of Compose files.`);
  }
}

async function filesOf({ files, archive }: InputOf<typeof operation>): Promise<readonly ProjectFile[]> {
  if ((files === undefined) === (archive === undefined)) {
    throw uploadInvalid([{ path: 'input', problem: 'needs either `files` or `archive`' }]);
  }
  return files === undefined ? readArchive(decodeBase64(archive ?? '', 'archive')) : readFiles(files);
}

function nameTaken(name: string, remedy: string) {
  return failure(operation, 'UPLOAD_NAME_TAKEN', `The catalog has a project called ${name}. ${remedy}`);
}
