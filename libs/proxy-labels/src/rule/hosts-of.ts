import type { Condition } from '../condition.ts';

/** Hosts that a condition names, each once; not those that it excludes. */
export function hostsOf(condition: Condition): readonly string[] {
  return [...new Set(named(condition))];
}

function* named(condition: Condition): Generator<string> {
  if (condition.kind === 'host') {
    if (condition.value !== '*') yield condition.value;
  } else if (condition.kind === 'and' || condition.kind === 'or') {
    for (const part of condition.of) yield* named(part);
  }
}
