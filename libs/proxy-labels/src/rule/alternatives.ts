import type { Alternative, Condition, Matcher } from '../condition.ts';

/** Of a rule, and of matchers in all of them: what is made of them must not outgrow the rule. */
export const ALTERNATIVES_MAX = 256;
const MATCHERS_MAX = 4096;

/** A condition as an `or` of `and`s; undefined where that comes to too many. */
export function alternativesOf(condition: Condition): readonly Alternative[] | undefined {
  return expanded(condition, false);
}

function expanded(condition: Condition, isNegated: boolean): readonly Alternative[] | undefined {
  switch (condition.kind) {
    case 'not':
      return expanded(condition.of, !isNegated);
    case 'and':
    case 'or': {
      const parts: (readonly Alternative[])[] = [];
      for (const part of condition.of) {
        const alternatives = expanded(part, isNegated);
        if (alternatives === undefined) return undefined;
        parts.push(alternatives);
      }
      // Negated, an `and` is an `or`.
      return (condition.kind === 'and') === isNegated ? bounded(parts.flat()) : multiplied(parts);
    }
    default:
      return [single(condition, isNegated)];
  }
}

function single(matcher: Matcher, isNegated: boolean): Alternative {
  return isNegated ? { all: [], none: [matcher] } : { all: [matcher], none: [] };
}

/** Each of the one with each of the other; what has no choice first, so that it is copied once. */
function multiplied(parts: readonly (readonly Alternative[])[]): readonly Alternative[] | undefined {
  const sure = parts.filter(({ length }) => length === 1).flat();
  const fixed: Alternative = { all: sure.flatMap(({ all }) => all), none: sure.flatMap(({ none }) => none) };
  let product: readonly Alternative[] | undefined = [fixed];
  for (const part of parts) {
    if (part.length === 1) continue;
    if (product.length * part.length > ALTERNATIVES_MAX) return undefined;
    product = bounded(
      product.flatMap((left) =>
        part.map((right) => ({ all: [...left.all, ...right.all], none: [...left.none, ...right.none] })),
      ),
    );
    if (product === undefined) return undefined;
  }
  return product;
}

function bounded(alternatives: readonly Alternative[]): readonly Alternative[] | undefined {
  if (alternatives.length > ALTERNATIVES_MAX) return undefined;
  const matchers = alternatives.reduce((sum, { all, none }) => sum + all.length + none.length, 0);
  return matchers > MATCHERS_MAX ? undefined : alternatives;
}
