import type { Diagnostic, Position } from '@ushadow/compose';
import type { DiagnosticData } from '@ushadow/contracts';
import { relative } from 'node:path';
import type { ProjectSource } from './project-source.ts';

type Base = Pick<ProjectSource, 'base'>;

/** A finding as it travels. Files are named below the catalog's folder: where that lies is nobody's business. */
export function toDiagnostic(found: Diagnostic, { base }: Base): DiagnosticData {
  const { code, severity, message, remedy, path, position } = found;
  return { code, severity, message: message.replaceAll(`${base}/`, ''), remedy, path, ...toPlace(position, { base }) };
}

export function toPlace(
  position: Position | undefined,
  { base }: Base,
): { file: string; line: number; column: number } | Record<string, never> {
  if (position === undefined) return {};
  return { file: relative(base, position.file), line: position.line, column: position.column };
}
