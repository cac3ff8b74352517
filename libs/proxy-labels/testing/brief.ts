import type { Condition } from '../src/condition.ts';

/** A condition in one line. */
export function brief(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return `(${condition.of.map(brief).join(' & ')})`;
    case 'or':
      return `(${condition.of.map(brief).join(' | ')})`;
    case 'not':
      return `!${brief(condition.of)}`;
    default:
      return 'name' in condition
        ? `${condition.kind} ${condition.name}=${condition.value}`
        : `${condition.kind} ${condition.value}`;
  }
}
