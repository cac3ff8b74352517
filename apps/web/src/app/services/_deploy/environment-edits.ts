/** What a user wants a variable's value to be. */
export type ValueEdit =
  /** A text, the empty one included. `copiedFrom` says where a chosen candidate's value came from. */
  | { readonly kind: 'text'; readonly text: string; readonly copiedFrom?: string }
  /** A reference to a setting, whose value is taken when deploying. */
  | { readonly kind: 'setting'; readonly path: string }
  /** What was saved is to be forgotten. */
  | { readonly kind: 'forget' };

export interface VariableEdit {
  /** Absent: the value stays as it is. */
  readonly value?: ValueEdit;
  /** Absent: as it is; null: left to the detector. */
  readonly secret?: boolean | null;
}

/** Only what the user changed, by variable. A map, since a variable may be called `constructor`. */
export type EnvironmentEdits = ReadonlyMap<string, VariableEdit>;

export const noEdits: EnvironmentEdits = new Map();

/** Undefined takes the edit back. */
export function withValue(edits: EnvironmentEdits, name: string, value: ValueEdit | undefined): EnvironmentEdits {
  const { value: _, ...rest } = edits.get(name) ?? {};
  return withEdit(edits, name, value === undefined ? rest : { ...rest, value });
}

/** Undefined takes the edit back. */
export function withMark(edits: EnvironmentEdits, name: string, secret: boolean | null | undefined): EnvironmentEdits {
  const { secret: _, ...rest } = edits.get(name) ?? {};
  return withEdit(edits, name, secret === undefined ? rest : { ...rest, secret });
}

/** The edits made since `sent` were sent. */
export function without(edits: EnvironmentEdits, sent: EnvironmentEdits): EnvironmentEdits {
  return new Map([...edits].filter(([name, edit]) => sent.get(name) !== edit));
}

function withEdit(edits: EnvironmentEdits, name: string, edit: VariableEdit): EnvironmentEdits {
  const next = new Map(edits);
  if (Object.keys(edit).length === 0) next.delete(name);
  else next.set(name, edit);
  return next;
}
