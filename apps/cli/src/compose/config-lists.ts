import { variablesOf, withoutUnusedResources } from '@ushadow/compose';
import type { ComposeProject, LoadResult, PlainValue } from '@ushadow/compose';

/** What `config` can list instead of the project, one a line, in the order in which one goes before another. */
export const CONFIG_LISTS = ['services', 'volumes', 'networks', 'models', 'profiles', 'images', 'environment'] as const;
export type ConfigList = (typeof CONFIG_LISTS)[number];

type Loaded = Pick<LoadResult, 'interpolationEnvironment'> & { readonly project: ComposeProject };

export function listOf(list: ConfigList, { project, interpolationEnvironment }: Loaded): readonly string[] {
  const shown = withoutUnusedResources(project);
  switch (list) {
    case 'services':
    case 'volumes':
    case 'networks':
      return Object.keys(shown[list]).sort();
    case 'models':
      return distinct(Object.values(shown.models).flatMap(({ model }) => model ?? []));
    case 'images':
      return Object.entries(shown.services)
        .map(([name, { image }]) => image ?? `${shown.name}-${name}`)
        .sort();
    case 'profiles':
      return distinct(
        Object.values({ ...project.services, ...project.disabledServices }).flatMap(({ profiles }) => profiles ?? []),
      );
    case 'environment':
      return Object.entries(interpolationEnvironment)
        .map(([name, value]) => `${name}=${value}`)
        .sort();
  }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

export interface ModelVariable {
  readonly Name: string;
  readonly DefaultValue: string;
  readonly PresenceValue: string;
  readonly Required: boolean;
}

/** The variables that the merged files refer to, by name: what each falls back to, and whether it has to be set. */
export function modelVariables(model: PlainValue): readonly ModelVariable[] {
  const found = new Map<string, ModelVariable>();
  for (const { name, kind, fallback = '' } of textsOf(model).flatMap((text) => variablesOf(text))) {
    const known = found.get(name);
    found.set(name, {
      Name: name,
      DefaultValue: known?.DefaultValue || (kind === 'default' ? fallback : ''),
      PresenceValue: known?.PresenceValue || (kind === 'alternative' ? fallback : ''),
      Required: known?.Required === true || kind === 'required',
    });
  }
  return [...found.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1));
}

function textsOf(value: PlainValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
