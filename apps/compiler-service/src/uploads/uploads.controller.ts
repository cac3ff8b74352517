import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { Catalog } from '../catalog/catalog.ts';
import { type CatalogProblem } from '../catalog/catalog-problems.ts';
import { DeleteUpload } from './delete-upload.ts';
import { toContract } from './upload.mapper.ts';
import { UploadProject } from './upload-project.ts';
import { UploadStore } from './upload.store.ts';

@Controller()
export class UploadsController {
  constructor(
    private readonly uploadProject: UploadProject,
    private readonly deleteUpload: DeleteUpload,
    private readonly store: UploadStore,
    private readonly catalog: Catalog,
  ) {}

  @Handle(operations.uploadProject)
  upload(
    input: InputOf<typeof operations.uploadProject>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.uploadProject>> {
    return this.uploadProject.run(input, context);
  }

  @Handle(operations.listUploads)
  async list(): Promise<OutputOf<typeof operations.listUploads>> {
    const [uploads, { projects, entries, problems }] = await Promise.all([this.store.list(), this.catalog.list()]);
    return {
      uploads: uploads.map((upload) => {
        const isOf = ({ source }: Pick<CatalogProblem, 'source'>) =>
          source.origin === 'upload' && source.stem === upload.name;
        return toContract(upload, {
          projects: projects.filter(isOf),
          entries: entries.filter(isOf),
          problems: problems.filter(isOf),
        });
      }),
    };
  }

  @Handle(operations.deleteUpload)
  delete(input: InputOf<typeof operations.deleteUpload>): Promise<OutputOf<typeof operations.deleteUpload>> {
    return this.deleteUpload.run(input);
  }
}
