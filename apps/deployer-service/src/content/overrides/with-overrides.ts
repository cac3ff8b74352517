import type { OverrideData } from '@ushadow/contracts';
import type { StackContent, StackObjects } from '../stack-content.ts';
import { overrideName } from './override-names.ts';
import { valueIn, withValue, type OverrideValue } from './override-values.ts';

/** One that does not hold any more, with what the file says now; undefined: there is nothing that it could be of. */
export interface DroppedOverride {
  readonly override: OverrideData;
  readonly now: OverrideValue | undefined;
}

export interface Overridden<T> {
  readonly content: T;
  readonly kept: readonly OverrideData[];
  readonly dropped: readonly DroppedOverride[];
}

/**
 * What a project was compiled to, with what people have chosen in its place: after compiling, before the plan. An override
 * holds until the file says something else than it did then; the file wins then.
 */
export function withOverrides<T extends StackObjects>(compiled: T, overrides: readonly OverrideData[]): Overridden<T> {
  let content = compiled;
  const kept: OverrideData[] = [];
  const dropped: DroppedOverride[] = [];
  for (const override of overrides) {
    const now = valueIn(content, override);
    // The file says the same by now: there is nothing to override.
    if (now === override.value) continue;
    if (now === undefined || now !== override.file_value) {
      dropped.push({ override, now });
      continue;
    }
    content = withValue(content, override, override.value);
    kept.push(override);
  }
  return { content, kept, dropped };
}

/** A value chosen now for a stack's last good content; the file's value is the one that was known before. */
export function chosen(content: StackContent, of: Omit<OverrideData, 'file_value' | 'name'>): OverrideData {
  const name = overrideName({ ...of, file_value: null });
  const before = content.configuration.overrides.find((each) => overrideName(each) === name);
  return { ...of, file_value: before === undefined ? (valueIn(content, of) ?? null) : before.file_value };
}

/** A content with overrides on top, whatever its files say. */
export function putInto<T extends StackObjects>(content: T, put: readonly OverrideData[]): T {
  return put.reduce((changed, override) => withValue(changed, override, override.value), content);
}

/** A content without overrides: what the files said holds again. */
export function takenOutOf<T extends StackObjects>(content: T, overrides: readonly OverrideData[]): T {
  return overrides.reduce((changed, override) => withValue(changed, override, override.file_value), content);
}
