import type { ValueEdit, VariableEdit } from './environment-edits.ts';
import {
  winnerOf,
  withoutSaved,
  type Candidate,
  type EnvironmentVariable,
  type Setting,
} from './environment-variable.ts';
import { notSet, sourceOfCandidate, type ShownSource } from './value-source.ts';

/** A variable as its row shows it: what the server said, with the user's edit over it. */
export interface ShownVariable {
  /** The value where it may be seen; a text the user typed always. */
  readonly text: string;
  /** Null when it is not known here: a secret that is only kept, or no value. */
  readonly value: string | null;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  readonly source: ShownSource;
  /** Required, and without a value. */
  readonly isMissing: boolean;
}

interface Value {
  /** Null: not known here. */
  readonly value: string | null;
  readonly isSet: boolean;
  readonly isSecret: boolean;
  readonly source: ShownSource;
}

export function shownVariable(
  variable: EnvironmentVariable,
  edit: VariableEdit | undefined,
  settings: readonly Setting[],
): ShownVariable {
  const { isSet, source, ...found } = valueWith(variable, edit?.value, settings);
  const isSecret = edit?.secret ?? found.isSecret;
  const isTyped = edit?.value?.kind === 'text';
  // What is marked as secret is hidden at once; what is being typed stays in its field, whose kind hides it.
  const value = isSecret && !isTyped ? null : found.value;
  return { text: value ?? '', value, isSet, isSecret, source, isMissing: variable.is_required && !isSet };
}

function valueWith(variable: EnvironmentVariable, edit: ValueEdit | undefined, settings: readonly Setting[]): Value {
  switch (edit?.kind) {
    case 'text':
      return { value: edit.text, isSet: true, isSecret: variable.is_secret, source: sourceOfText(edit) };
    case 'setting': {
      const setting = settings.find(({ path }) => path === edit.path);
      return {
        value: setting?.value ?? null,
        isSet: true,
        isSecret: variable.secret_override ?? setting?.is_secret ?? true,
        source: { kind: 'settings', where: edit.path, reason: `mapped to the setting ${edit.path}` },
      };
    }
    case 'forget':
      return valueOf(withoutSaved(variable), variable);
    default:
      return { ...valueOf(winnerOf(variable), variable), isSecret: variable.is_secret };
  }
}

function valueOf(candidate: Candidate | undefined, variable: EnvironmentVariable): Value {
  if (candidate === undefined) return { value: null, isSet: false, isSecret: variable.is_secret, source: notSet };
  const { value, is_secret: isSecret } = candidate;
  return { value, isSet: true, isSecret, source: sourceOfCandidate(candidate) };
}

function sourceOfText({ text, copiedFrom }: ValueEdit & { kind: 'text' }): ShownSource {
  const reason = copiedFrom === undefined ? 'typed here, not yet saved' : `copied from: ${copiedFrom}`;
  return { kind: 'typed', where: text === '' ? 'empty' : null, reason };
}
