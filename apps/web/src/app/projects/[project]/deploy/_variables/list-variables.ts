import type { ShownVariable } from './shown-variable.ts';
import { sourceLabel } from './source-label.ts';

export const variableKinds = ['all', 'required', 'changed', 'unset', 'secret', 'weak'] as const;
export type VariableKind = (typeof variableKinds)[number];

export interface VariableFilter {
  /** Part of a name, of a place, or of the source's label. */
  readonly text: string;
  readonly kind: VariableKind;
}

export const everyVariable: VariableFilter = { text: '', kind: 'all' };

const isOfKind: Readonly<Record<VariableKind, (shown: ShownVariable) => boolean>> = {
  all: () => true,
  required: ({ variable }) => variable.is_required,
  changed: ({ isTyped }) => isTyped,
  unset: ({ isSet }) => !isSet,
  secret: ({ isSecret }) => isSecret,
  weak: ({ weak }) => weak !== null,
};

/** The variables that fit, in their order, and always those that are missing: what blocks a deploy is never hidden. */
export function filterVariables(shown: readonly ShownVariable[], { text, kind }: VariableFilter): ShownVariable[] {
  const wanted = text.trim().toLowerCase();
  return shown.filter((each) => each.isMissing || (isOfKind[kind](each) && textOf(each).includes(wanted)));
}

function textOf({ variable, source }: ShownVariable): string {
  const places = variable.uses.flatMap(({ file, service }) => [file ?? '', service ?? '']);
  return [variable.name, sourceLabel(source), ...places, ...variable.containers].join(' ').toLowerCase();
}
