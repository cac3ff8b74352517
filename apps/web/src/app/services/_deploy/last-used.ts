import type { VariableEdit } from './environment-edits.ts';
import type { EnvironmentVariable } from './environment-variable.ts';
import type { ShownVariable } from './shown-variable.ts';

/** How the value that would be used now stands to the one of the last deployment. */
export interface LastUsed {
  readonly state: 'same' | 'changes' | 'unknown';
  /** What was used then; null when it is not shown. */
  readonly value: string | null;
  readonly time: string;
}

/** Null when the last deployment had no such variable, or there was none. */
export function lastUsed(
  variable: EnvironmentVariable,
  edit: VariableEdit | undefined,
  shown: ShownVariable,
): LastUsed | null {
  const last = variable.last_used;
  if (last === null) return null;
  const value = shown.isSecret ? null : last.value;
  return { state: stateOf(last, edit, shown), value, time: last.time };
}

function stateOf(
  last: NonNullable<EnvironmentVariable['last_used']>,
  edit: VariableEdit | undefined,
  shown: ShownVariable,
): LastUsed['state'] {
  if (edit?.value === undefined) return last.same ? 'same' : 'changes';
  if (!shown.isSet) return 'changes';
  // The server alone can compare what is not shown, and only once it is saved.
  if (last.value === null || shown.value === null) return 'unknown';
  return last.value === shown.value ? 'same' : 'changes';
}

export function lastUsedText({ state, value }: LastUsed): string {
  if (state === 'same') return 'same as the last deployment';
  if (state === 'unknown') return 'the last deployment used a value that is not shown';
  if (value === null) return 'another value than the last deployment used; would change now';
  return `last deployment: ${value === '' ? 'empty' : value}; would change now`;
}
