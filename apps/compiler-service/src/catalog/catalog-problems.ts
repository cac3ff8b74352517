import type { Diagnostic } from '@ushadow/compose';
import type { CatalogProblem } from './catalog.ts';
import type { ProjectSource } from './project-source.ts';

/** Two projects of one stem would have services of one id. */
export function stemTaken(source: ProjectSource, holder: ProjectSource): Diagnostic {
  return {
    code: 'CATALOG_NAME_TAKEN',
    severity: 'error',
    message: `The services of ${holder.file} are already listed as ${source.stem}:….`,
    remedy: 'Rename one of the two; a service id must mean one service.',
    path: '',
    position: { file: `${source.base}/${source.file}`, line: 1, column: 1 },
  };
}

/** Files on disk are listed all the same. */
export const uploadsUnavailable: CatalogProblem = {
  source: { stem: '', file: 'uploads', base: '/uploads', origin: 'upload' },
  diagnostics: [
    {
      code: 'CATALOG_UPLOADS_UNAVAILABLE',
      severity: 'warning',
      message: 'The database does not answer: uploaded projects are shown as they were seen last.',
      remedy: 'This recovers by itself when the database is back.',
      path: '',
    },
  ],
};
