import type { EnvironmentEdits } from './environment-edits.ts';
import type { EnvironmentVariable, Setting } from './environment-variable.ts';
import { shownVariable } from './shown-variable.ts';
import { sourceText } from './value-source.ts';

export const variableKinds = ['all', 'required', 'changed', 'unset', 'secret'] as const;
export type VariableKind = (typeof variableKinds)[number];

export interface VariableFilter {
  /** Part of a name or of the source's words. */
  readonly text: string;
  readonly kind: VariableKind;
}

export const everyVariable: VariableFilter = { text: '', kind: 'all' };

/** Required ones first, then by name. */
export function inDisplayOrder(variables: readonly EnvironmentVariable[]): EnvironmentVariable[] {
  return variables.toSorted(
    (a, b) => Number(b.is_required) - Number(a.is_required) || (a.name < b.name ? -1 : Number(a.name > b.name)),
  );
}

/** The variables that fit, in their order, and always those in `keep`: what blocks a deploy is never hidden. */
export function filterVariables(
  variables: readonly EnvironmentVariable[],
  { text, kind }: VariableFilter,
  { edits, settings, keep }: { edits: EnvironmentEdits; settings: readonly Setting[]; keep: readonly string[] },
): EnvironmentVariable[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' && kind === 'all') return [...variables];
  return variables.filter((variable) => {
    const { name } = variable;
    if (keep.includes(name)) return true;
    const shown = shownVariable(variable, edits.get(name), settings);
    const ofKind: Readonly<Record<VariableKind, boolean>> = {
      all: true,
      required: variable.is_required,
      changed: edits.has(name),
      unset: !shown.isSet,
      secret: shown.isSecret,
    };
    return ofKind[kind] && `${name} ${sourceText(shown.source)}`.toLowerCase().includes(wanted);
  });
}

/** Names of the required variables that have no value, which a deploy must not be without. */
export function missingRequired(
  variables: readonly EnvironmentVariable[],
  edits: EnvironmentEdits,
  settings: readonly Setting[],
): string[] {
  return variables
    .filter((variable) => shownVariable(variable, edits.get(variable.name), settings).isMissing)
    .map(({ name }) => name);
}
