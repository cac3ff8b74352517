import type { OverrideData } from '@ushadow/contracts';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import type { StackContent, StackObjects } from '../stack-content.ts';
import { podMates } from '../replicas.ts';
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
    kept.push(ofUser(content, override));
  }
  return { content, kept, dropped };
}

/** What several services share is overridden as long as one of them wants it: it is remembered with one that does. */
function ofUser({ objects }: StackObjects, override: OverrideData): OverrideData {
  const { key, service, object } = override;
  const users = objects.find((wanted) => formatObjectId(objectId(wanted.object)) === object)?.services ?? [];
  const [first] = users;
  return key !== 'field' || first === undefined || users.includes(service) ? override : { ...override, service: first };
}

/** A value chosen now for a stack's last good content; the file's value is the one that was known before. */
export function chosen(content: StackContent, of: Omit<OverrideData, 'file_value' | 'name'>): OverrideData {
  const { overrides, stopped } = content.configuration;
  if (of.key === 'replicas') {
    // Of all that run in one pod there is one number; of what is stopped it is the one that it had.
    const mates = podMates(content, of.service);
    const known = overrides.find(({ key, service }) => key === 'replicas' && mates.includes(service));
    const now = stopped[of.service] ?? valueIn(content, of) ?? null;
    return { ...of, service: known?.service ?? of.service, file_value: known === undefined ? now : known.file_value };
  }
  const name = overrideName({ ...of, file_value: null });
  const before = overrides.find((each) => overrideName(each) === name);
  return { ...of, file_value: before === undefined ? (valueIn(content, of) ?? null) : before.file_value };
}

/** A content with overrides on top, whatever its files say. */
export function putInto<T extends StackObjects>(content: T, put: readonly OverrideData[]): T {
  return put.reduce((changed, override) => withValue(changed, override, override.value), content);
}

/**
 * A content without overrides, where what is stopped stays so: it starts with the number of its file, which is given beside.
 */
export function givenUp(
  content: StackContent,
  overrides: readonly OverrideData[],
): { readonly content: StackContent; readonly stopped: Readonly<Record<string, number>> } {
  const { stopped } = content.configuration;
  const counts = overrides.filter(({ service, key }) => key === 'replicas' && stopped[service] !== undefined);
  const others = overrides.filter((each) => !counts.includes(each));
  const starting = counts.flatMap(({ service, file_value: number }) =>
    typeof number === 'number' ? podMates(content, service).map((each) => [each, number] as const) : [],
  );
  return { content: takenOutOf(content, others), stopped: Object.fromEntries(starting) };
}

/** A content without overrides: what the files said holds again. */
export function takenOutOf<T extends StackObjects>(content: T, overrides: readonly OverrideData[]): T {
  return overrides.reduce((changed, override) => withValue(changed, override, override.file_value), content);
}
