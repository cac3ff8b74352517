import type { ValueEdit, VariableEdit } from './environment-edits.ts';
import type { EnvironmentVariable, Setting } from './environment-variable.ts';
import { shownVariable } from './shown-variable.ts';

/**
 * The edit after a text was typed into a variable's field. Typing back what the field shows untouched is no edit: so a
 * field that was cleared again is not set, or keeps its secret, and the empty text is a value where another one stood.
 */
export function typed(
  variable: EnvironmentVariable,
  edit: VariableEdit | undefined,
  settings: readonly Setting[],
  text: string,
): ValueEdit | undefined {
  const { value: _, ...mark } = edit ?? {};
  return text === shownVariable(variable, mark, settings).text ? undefined : { kind: 'text', text };
}
