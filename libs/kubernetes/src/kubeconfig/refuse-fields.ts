import type { NamedEntry } from './entries.ts';
import type { ForbiddenField } from './field-rules.ts';
import type { ProblemList } from './problem-list.ts';

/** Reports every forbidden field of an entry. */
export function refuseFields(entry: NamedEntry, rules: readonly ForbiddenField[], problems: ProblemList): void {
  for (const rule of rules) {
    const key = rule.keys.find((name) => {
      const value = entry.body.get(name);
      return value !== undefined && value !== null && rule.harmless?.(value) !== true;
    });
    if (key !== undefined) problems.add(rule.code, [...entry.path, key], rule.message, rule.remedy);
  }
}
