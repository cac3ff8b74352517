import type { Condition } from '../condition.ts';

/** Whether it is written as one that every request fulfils. */
export function takesAll(condition: Condition): boolean {
  switch (condition.kind) {
    case 'host-pattern':
      return /^\^?(?:\(\?:)?\.[+*]\)?\$?$/.test(condition.value);
    case 'host':
      return condition.value === '*';
    case 'path-prefix':
      return condition.value === '/';
    default:
      return false;
  }
}
