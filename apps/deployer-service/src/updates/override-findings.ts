import { DomainError, type OverrideData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import { isNamed, overrideName } from '../content/overrides/override-names.ts';
import type { DroppedOverride } from '../content/overrides/with-overrides.ts';
import type { StackContent, StackUpdate } from '../content/stack-content.ts';

/** It holds: the file says otherwise. Values of fields are not told, they may be secret. */
export function heldFinding(override: OverrideData): Failure {
  const hint = `Give it up: --drop ${overrideName(override)}.`;
  return finding('OVERRIDE_HELD', `${heldText(override)} ${hint}`);
}

function heldText({ service, key, value, file_value: fileValue, object, path = [] }: OverrideData): string {
  if (key === 'image')
    return `${service} has the image ${String(value)}, in place of ${String(fileValue)} of its file.`;
  if (key === 'probe') return `The probes of ${service} are off, whatever its file says.`;
  return `${object ?? service} keeps ${path.at(-1) ?? key} as it was adopted, whatever its file says.`;
}

/** Its file has changed what it was in the place of. */
export function droppedFinding({ override, now }: DroppedOverride): Failure {
  const name = overrideName(override);
  const why = now === undefined ? 'there is nothing of that name any more' : 'its file has changed that, which holds';
  const image = override.key === 'image' && now !== undefined ? `: ${String(now)}` : '';
  return finding('OVERRIDE_DROPPED', `${name} was overridden; ${why}${image}.`);
}

/**
 * What a stack remembers beside overrides that are given up.
 * @throws DomainError `NO_OVERRIDE`
 */
export function dropping(
  content: StackContent,
  names: readonly string[],
): {
  readonly content: StackContent;
  readonly dropped: readonly OverrideData[];
  readonly findings: readonly Failure[];
} {
  const { overrides } = content.configuration;
  const dropped = namedOverrides(overrides, names);
  if (dropped.length === 0) return { content, dropped, findings: [] };
  const left = overrides.filter((each) => !dropped.includes(each));
  return {
    content: { ...content, configuration: { ...content.configuration, overrides: left } },
    dropped,
    findings: dropped.map((each) => finding('OVERRIDE_DROPPED', `${overrideName(each)} is given up: its file holds.`)),
  };
}

/**
 * Names of given up overrides that are remembered with services which are not deployed: of what those share with others.
 * @throws DomainError `NO_OVERRIDE` where nothing would be written for one, so that it would hold on
 */
export function droppedElsewhere(
  dropped: readonly OverrideData[],
  { content, selected }: Pick<StackUpdate, 'content' | 'selected'>,
): string[] {
  const written = new Set(content.objects.map(({ object }) => formatObjectId(objectId(object))));
  const others = dropped.filter(({ service }) => !selected.includes(service));
  const untouched = others.find(({ object }) => object === undefined || !written.has(object));
  if (untouched === undefined) return others.map(overrideName);
  const { service } = untouched;
  const name = overrideName(untouched);
  const message = `${name} is of ${service}, which would not be deployed: name ${service} as well, or ushadow drift --drop ${name}.`;
  throw new DomainError('NO_OVERRIDE', 'not-found', message);
}

/** @throws DomainError `NO_OVERRIDE` */
export function namedOverrides(overrides: readonly OverrideData[], names: readonly string[]): readonly OverrideData[] {
  const unknown = names.find((name) => !overrides.some((each) => isNamed(each, name)));
  if (unknown !== undefined) {
    const known = overrides.map(overrideName).sort();
    const has = known.length === 0 ? 'none' : known.join(', ');
    throw new DomainError('NO_OVERRIDE', 'not-found', `Nothing called ${unknown} is overridden; the stack has ${has}.`);
  }
  return overrides.filter((each) => names.some((name) => isNamed(each, name)));
}

function finding(code: string, message: string): Failure {
  return { code: code as Failure['code'], message, evidence: [] };
}
