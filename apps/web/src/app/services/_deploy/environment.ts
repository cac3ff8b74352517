import type { operations, OutputOf } from '@ushadow/contracts';

export type EnvironmentVariable = OutputOf<typeof operations.getServiceEnv>['variables'][number];
type Edits = Readonly<Record<string, string>>;

/** Required ones first, then by name. */
export function inDisplayOrder(variables: readonly EnvironmentVariable[]): EnvironmentVariable[] {
  return variables.toSorted(
    (a, b) => Number(b.is_required) - Number(a.is_required) || (a.name < b.name ? -1 : Number(a.name > b.name)),
  );
}

/**
 * The edits after a value was typed. Typing back what is set is no edit; for a secret, whose value is never shown,
 * every typed text is one.
 */
export function withEdit(edits: Edits, variable: EnvironmentVariable, text: string): Edits {
  if (!variable.is_secret && variable.is_set && text === variable.value) return withoutEdit(edits, variable.name);
  return { ...edits, [variable.name]: text };
}

export function withoutEdit(edits: Edits, name: string): Edits {
  const { [name]: _, ...rest } = edits;
  return rest;
}

/** Names of the required variables that would be empty, which a deploy must not be. */
export function missingRequired(variables: readonly EnvironmentVariable[], edits: Edits): string[] {
  return variables.filter((variable) => variable.is_required && isEmpty(variable, edits)).map(({ name }) => name);
}

function isEmpty(variable: EnvironmentVariable, edits: Edits): boolean {
  const typed = edits[variable.name];
  if (typed !== undefined) return typed === '';
  return !variable.is_set || variable.value === '';
}

/** Where the value that will be used comes from. */
export function sourceOf(variable: EnvironmentVariable, edits: Edits): 'typed' | EnvironmentVariable['source'] {
  if (edits[variable.name] !== undefined) return 'typed';
  return variable.is_set ? variable.source : 'none';
}
