import type { operations, RequestOf } from '@ushadow/contracts';
import type { EnvironmentEdits, VariableEdit } from './environment-edits.ts';
import type { EnvironmentVariable } from './environment-variable.ts';

type SaveRequest = RequestOf<typeof operations.saveServiceEnv>;
export type SavedChanges = Pick<SaveRequest, 'set' | 'reset' | 'secrets'>;
type Kept = NonNullable<SaveRequest['set']>[string];

/** What is to be kept of the edits, which is only what the user changed (2.6). Null when there is nothing. */
export function toSavedChanges(
  variables: readonly EnvironmentVariable[],
  edits: EnvironmentEdits,
): SavedChanges | null {
  if (edits.size === 0) return null;
  const overrides = new Map(variables.map((variable) => [variable.name, variable.secret_override]));
  const set = ofEach(edits, ({ value }) => keptOf(value));
  const reset = [...edits].filter(([, { value }]) => value?.kind === 'forget').map(([name]) => name);
  const secrets = ofEach(edits, (edit, name) => markOf(edit, overrides.get(name) ?? undefined));
  return {
    ...(set.length === 0 ? {} : { set: Object.fromEntries(set) }),
    ...(reset.length === 0 ? {} : { reset }),
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
  };
}

function keptOf(value: VariableEdit['value']): Kept | undefined {
  if (value?.kind === 'text') return { value: value.text };
  return value?.kind === 'setting' ? { setting: value.path } : undefined;
}

/** A reset forgets the mark too, which nobody has asked for. */
function markOf({ value, secret }: VariableEdit, override: boolean | undefined): boolean | null | undefined {
  return secret === undefined && value?.kind === 'forget' ? override : secret;
}

function ofEach<T>(
  edits: EnvironmentEdits,
  read: (edit: VariableEdit, name: string) => T | undefined,
): (readonly [string, T])[] {
  return [...edits].flatMap(([name, edit]) => {
    const found = read(edit, name);
    return found === undefined ? [] : [[name, found] as const];
  });
}
