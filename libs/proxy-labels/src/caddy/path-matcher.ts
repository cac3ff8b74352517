import type { Matcher } from '../condition.ts';

/** A path of a Caddyfile, with `*` at its ends at most; undefined where it takes every path. */
export function pathMatcher(text: string): Matcher | undefined {
  if (text === '*' || text === '/*') return undefined;
  const plain = text.replace(/^\*/, '').replace(/\*$/, '');
  if (!text.startsWith('*') && !plain.includes('*')) {
    return { kind: text.endsWith('*') ? 'path-prefix' : 'path', value: plain };
  }
  const middle = text.split('*').map(quoted).join('.*');
  return { kind: 'path-pattern', value: `^${middle}$` };
}

function quoted(text: string): string {
  return text.replace(/[\\.+?()|[\]{}^$]/g, '\\$&');
}
