import type { EnvironmentEdits, ValueEdit } from './environment-edits.ts';
import { withoutSaved, type EnvironmentVariable, type Setting } from './environment-variable.ts';

/** The edits as values of one request, with nothing saved. */
export interface PassingValues {
  readonly values: ReadonlyMap<string, string>;
  readonly marks: ReadonlyMap<string, boolean>;
  /** Variables whose edit takes effect only by being saved: it needs a value that is not known here, or takes one away. */
  readonly onlySaved: readonly string[];
}

export const nothingPassing: PassingValues = { values: new Map(), marks: new Map(), onlySaved: [] };

interface Known {
  readonly variables: readonly EnvironmentVariable[];
  readonly settings: readonly Setting[];
}

/** What a deployment is sent when its values are for it alone. */
export function toPassingValues(edits: EnvironmentEdits, known: Known): PassingValues {
  return collect(edits, known, () => undefined);
}

/** What a preview is sent. It would not show a secret anyway, so that a text stands in for one that is not known here. */
export function toPreviewValues(edits: EnvironmentEdits, known: Known): PassingValues {
  return collect(edits, known, standIn);
}

function standIn(edit: ValueEdit): string {
  return edit.kind === 'setting' ? `(the value of the setting ${edit.path})` : '(the value of its source)';
}

function collect(
  edits: EnvironmentEdits,
  known: Known,
  forHidden: (edit: ValueEdit) => string | undefined,
): PassingValues {
  const values = new Map<string, string>();
  const marks = new Map<string, boolean>();
  const onlySaved = new Set<string>();
  for (const [name, { value: edit, secret }] of edits) {
    if (secret === null) onlySaved.add(name);
    else if (secret !== undefined) marks.set(name, secret);
    if (edit === undefined) continue;
    const value = valueOf(edit, name, known);
    const text = value === hidden ? forHidden(edit) : value;
    if (text === undefined) onlySaved.add(name);
    else values.set(name, text);
    if (value === hidden && text !== undefined && !marks.has(name)) marks.set(name, true);
  }
  return { values, marks, onlySaved: [...onlySaved] };
}

const hidden = Symbol('a value that is not known here');

/** Undefined: the variable is to have no value. */
function valueOf(edit: ValueEdit, name: string, { variables, settings }: Known): string | typeof hidden | undefined {
  if (edit.kind === 'text') return edit.text;
  if (edit.kind === 'setting') return settings.find(({ path }) => path === edit.path)?.value ?? hidden;
  const variable = variables.find((each) => each.name === name);
  const next = variable === undefined ? undefined : withoutSaved(variable);
  return next === undefined ? undefined : (next.value ?? hidden);
}
