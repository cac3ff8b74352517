import type { operations, OutputOf } from '@ushadow/contracts';
import type { CatalogContent } from '../catalog/catalog.ts';
import { toDiagnostics } from '../catalog/to-diagnostic.ts';
import type { Upload } from './upload.ts';

/** `content`: what the upload adds to the catalog. */
export function toContract(upload: Upload, content: CatalogContent): OutputOf<typeof operations.uploadProject> {
  return {
    name: upload.name,
    files: upload.files.map(({ path, bytes }) => ({ path, bytes })),
    digest: content.projects.map(({ digest }) => digest).join(),
    services: content.entries.map(({ id }) => id),
    diagnostics: content.problems.flatMap(({ source, diagnostics }) => toDiagnostics(diagnostics, source)),
    set_aside: upload.setAsideFor ?? null,
    goes_at: upload.goesAt?.toISOString() ?? null,
    uploaded_at: upload.uploadedAt.toISOString(),
    uploaded_by: upload.uploadedBy,
  };
}
