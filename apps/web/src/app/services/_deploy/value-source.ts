import type { VariableEdit } from './environment-edits.ts';
import { winnerOf, withoutSaved, type Candidate, type EnvironmentVariable } from './environment-variable.ts';

/** Where a value comes from, as people are told. */
export interface ShownSource {
  readonly kind: 'typed' | 'saved' | 'settings' | 'scan' | 'compose' | 'none';
  /** More exactly: the setting's path, the Service that was found. */
  readonly where: string | null;
  readonly reason: string;
}

export const notSet: ShownSource = { kind: 'none', where: null, reason: 'no source has a value for it' };

const words: Readonly<Record<ShownSource['kind'], string>> = {
  typed: 'Typed',
  saved: 'Saved',
  settings: 'Settings',
  scan: 'Scan',
  compose: 'Compose',
  none: 'Not set',
};

/** `Scan infra/redis`, `Settings api_keys.openai`, `Compose`. */
export function sourceText({ kind, where }: ShownSource): string {
  return where === null ? words[kind] : `${words[kind]} ${where}`;
}

export function sourceOfCandidate({ source, saved, value, reason, setting_paths: paths }: Candidate): ShownSource {
  switch (source) {
    case 'typed':
      return { kind: saved ? 'saved' : 'typed', where: value === '' ? 'empty' : null, reason };
    case 'settings':
      return { kind: 'settings', where: paths.join(', ') || null, reason };
    case 'scan':
      return { kind: 'scan', where: /\(Service ([^)\s]+)\)/.exec(reason)?.[1] ?? null, reason };
    default:
      return { kind: 'compose', where: null, reason };
  }
}

/** What a scan has found, where the user has put something else in its place (T5); null otherwise. */
export function overriddenScan(variable: EnvironmentVariable, edit: VariableEdit | undefined): ShownSource | null {
  const found = withoutSaved(variable);
  if (found?.source !== 'scan') return null;
  const kind = edit?.value?.kind;
  const isOverridden = kind === undefined ? winnerOf(variable)?.saved === true : kind !== 'forget';
  return isOverridden ? sourceOfCandidate(found) : null;
}
