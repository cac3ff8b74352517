import type { Diagnostic } from '@ushadow/compose';
import type { DiagnosticData } from '@ushadow/contracts';
import { relative } from 'node:path';

/** A finding as it travels. Files are named below the catalog's folder: where that lies is nobody's business. */
export function toDiagnostic(found: Diagnostic, root: string): DiagnosticData {
  const { code, severity, message, remedy, path, position } = found;
  const place =
    position === undefined ? {} : { file: relative(root, position.file), line: position.line, column: position.column };
  return { code, severity, message: message.replaceAll(`${root}/`, ''), remedy, path, ...place };
}
