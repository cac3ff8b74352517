import type { ValueEdit } from './environment-edits.ts';
import { winnerOf, withoutSaved, type Candidate, type EnvironmentVariable } from './environment-variable.ts';

/** A value that the user may choose for a variable. */
export interface CandidateChoice {
  readonly candidate: Candidate;
  readonly isChosen: boolean;
  /**
   * What choosing it makes of the edit, undefined for none. Null: it cannot be chosen, because it is secret and only its
   * source could give it.
   */
  readonly choose: { readonly edit: ValueEdit | undefined } | null;
}

/** Every candidate of a variable, in order of precedence, with what choosing it means. */
export function candidateChoices(variable: EnvironmentVariable, edit: ValueEdit | undefined): CandidateChoice[] {
  const choices = variable.candidates.map((candidate) => ({ candidate, choose: chooseOf(variable, candidate) }));
  const chosen = choices.find(({ choose }) => choose !== null && isSame(choose.edit, edit));
  return choices.map((choice) => ({ ...choice, isChosen: choice === chosen }));
}

function chooseOf(variable: EnvironmentVariable, candidate: Candidate): CandidateChoice['choose'] {
  if (candidate === winnerOf(variable)) return { edit: undefined };
  // Nothing but the saved value stands before it, so that without that one it is used by itself and stays up to date.
  if (candidate === withoutSaved(variable)) return { edit: { kind: 'forget' } };
  const path = settingOf(candidate);
  if (path !== undefined) return { edit: { kind: 'setting', path } };
  const { value, reason } = candidate;
  return value === null ? null : { edit: { kind: 'text', text: value, copiedFrom: reason } };
}

/** The setting whose own value it is; a declaration filled from settings is not one. */
function settingOf({ source, setting_paths: paths, reason }: Candidate): string | undefined {
  const [path] = paths;
  if (source !== 'settings' || path === undefined || paths.length > 1) return undefined;
  return reason === `the setting ${path}` ? path : undefined;
}

function isSame(a: ValueEdit | undefined, b: ValueEdit | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) return a === b;
  if (a.kind === 'setting') return b.kind === 'setting' && a.path === b.path;
  if (a.kind === 'text') return b.kind === 'text' && a.text === b.text && a.copiedFrom === b.copiedFrom;
  return true;
}
