import type { Diagnostic } from '@ushadow/compose';
import type { DiagnosticData } from '@ushadow/contracts';
import { toDiagnostics } from '../catalog/to-diagnostic.ts';

const BASE = '/template';

/** Findings of a template as they travel; its files are named as it has them. */
export function toFindings(findings: readonly Diagnostic[]): DiagnosticData[] {
  return toDiagnostics(
    findings.map((found) => {
      const { position } = found;
      return position === undefined ? found : { ...found, position: { ...position, file: `${BASE}/${position.file}` } };
    }),
    { base: BASE },
  );
}
