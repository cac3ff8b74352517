import { diagnosticFactory } from './catalogue.ts';
import { fileDiagnostics } from './file-diagnostics.ts';
import { formDiagnostics } from './form-diagnostics.ts';
import { projectDiagnostics } from './project-diagnostics.ts';
import { textDiagnostics } from './text-diagnostics.ts';

/** Every diagnostic of the Compose loader, by code. Codes are never reused for another meaning. */
export const composeCatalogue = { ...fileDiagnostics, ...textDiagnostics, ...formDiagnostics, ...projectDiagnostics };

export const composeDiagnostic = diagnosticFactory(composeCatalogue);
