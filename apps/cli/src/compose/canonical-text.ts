import { withoutUnusedResources } from '@ushadow/compose';
import type { ComposeProject, PlainValue } from '@ushadow/compose';

export type ConfigFormat = 'yaml' | 'json';

const FIRST = ['name', 'services', 'networks', 'volumes', 'configs', 'secrets', 'models'];

/** Which keys that have done their part are shown all the same. */
export interface ShownKeys {
  /** `env_file`, whose variables are in the environment by then. */
  readonly envFiles: boolean;
}

/** The project as a Compose file that loads to the same project again: every `$` is doubled. */
export function canonicalText(
  project: ComposeProject,
  format: ConfigFormat,
  shown: ShownKeys = { envFiles: false },
): Promise<string> {
  const { disabledServices: _off, ...used } = withoutUnusedResources(project);
  const services = Object.entries(used.services).map(([name, service]) => [
    name,
    withoutSilence(service as unknown as PlainObject, format, shown),
  ]);
  const data = { ...used, services: Object.fromEntries(services) as PlainObject };
  return modelText(mapTexts(data as unknown as PlainObject, escaped) as PlainObject, format);
}

/** The merged files as they are, variables and all. */
export async function modelText(model: PlainObject, format: ConfigFormat): Promise<string> {
  const data = ordered(model);
  if (format === 'json') return `${JSON.stringify(data, null, 2)}\n`;
  const { stringify } = await import('yaml');
  // Words that YAML 1.1 takes for booleans are put in quotes, for readers that follow it.
  return stringify(data, { lineWidth: 0, version: '1.1', aliasDuplicateObjects: false });
}

type PlainObject = Readonly<Record<string, PlainValue>>;

/** JSON says of a command that none is given, YAML leaves it out: as the reference has it. */
function withoutSilence(service: PlainObject, format: ConfigFormat, { envFiles }: ShownKeys): PlainObject {
  const kept = Object.entries(service).flatMap(([key, value]): [string, PlainValue][] => {
    if (key === 'env_file' && !envFiles) return [];
    if (format === 'yaml' && value === null && (key === 'command' || key === 'entrypoint')) return [];
    if (key !== 'pre_start' || !Array.isArray(value)) return [[key, value]];
    return [
      [
        key,
        value.map((step: PlainValue) => (isObject(step) ? withoutSilence(step, format, { envFiles: true }) : step)),
      ],
    ];
  });
  return Object.fromEntries(kept);
}

function ordered(project: PlainObject): PlainObject {
  const keys = [
    ...FIRST,
    ...Object.keys(project)
      .filter((key) => !FIRST.includes(key))
      .sort(),
  ];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = project[key];
      return value === undefined || (isEmpty(value) && key !== 'services') ? [] : [[key, sorted(value)]];
    }),
  );
}

function isObject(value: PlainValue): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: PlainValue): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function escaped(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function mapTexts(value: PlainValue, map: (text: string) => string): PlainValue {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item: PlainValue) => mapTexts(item, map));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}

function sorted(value: PlainValue): PlainValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
