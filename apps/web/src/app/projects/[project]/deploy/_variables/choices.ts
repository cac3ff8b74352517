import type { ProjectVariableData } from '@ushadow/contracts';
import type { ShownVariable } from './shown-variable.ts';

/** A value that the user may choose for a variable. */
export interface Choice {
  readonly candidate: ProjectVariableData['candidates'][number];
  readonly isChosen: boolean;
  /**
   * What choosing it types; undefined: nothing, since it is the best by itself and stays up to date. Null: it cannot be
   * chosen, because it is secret and only its source could give it.
   */
  readonly choose: { readonly value: string | undefined } | null;
}

/** Every candidate but what is typed, in order of precedence. */
export function choicesOf({ variable, text, isTyped, source }: ShownVariable): Choice[] {
  const candidates = variable.candidates.filter((each) => each.source !== 'typed');
  const best = candidates.find(({ eligible }) => eligible);
  return candidates.map((candidate) => {
    const { value } = candidate;
    if (candidate === best)
      return { candidate, choose: { value: undefined }, isChosen: !isTyped && source === best.source };
    return { candidate, choose: value === null ? null : { value }, isChosen: isTyped && value === text };
  });
}
