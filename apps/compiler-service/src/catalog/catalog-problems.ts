import type { Diagnostic } from '@ushadow/compose';
import type { SourcePlace } from './project-source.ts';

/** Two projects of one stem would have services of one id. */
export function stemTaken(source: SourcePlace, holder: SourcePlace): Diagnostic {
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

export function tooCostly(source: SourcePlace, reason: string): Diagnostic {
  return problemOf(source, {
    code: 'CATALOG_PROJECT_TOO_COSTLY',
    severity: 'error',
    message: `${source.file} could not be read: ${reason}`,
    remedy:
      'Divide the project, or use fewer includes, extends, aliases and variables. It is read again when it changes.',
  });
}

/** It has failed before, and is not tried again. */
export function setAside(source: SourcePlace, reason: string): Diagnostic {
  return problemOf(source, {
    code: 'CATALOG_SET_ASIDE',
    severity: 'error',
    message: `${source.stem} was set aside: it could not be read twice. ${reason}`,
    remedy: 'Delete the upload, or upload a smaller project in its place.',
  });
}

export function isBeingRead(source: SourcePlace): Diagnostic {
  return problemOf(source, {
    code: 'CATALOG_BEING_READ',
    severity: 'error',
    message: `${source.file} is still being read.`,
    remedy: 'Ask again in a moment.',
  });
}

function problemOf({ base, file }: SourcePlace, found: Omit<Diagnostic, 'path' | 'position'>): Diagnostic {
  return { ...found, path: '', position: { file: `${base}/${file}`, line: 1, column: 1 } };
}
export interface CatalogProblem {
  readonly source: Pick<SourcePlace, 'stem' | 'file' | 'base' | 'origin'>;
  readonly diagnostics: readonly Diagnostic[];
}
