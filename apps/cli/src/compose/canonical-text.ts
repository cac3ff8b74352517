import { withoutUnusedResources } from '@ushadow/compose';
import type { ComposeProject, PlainValue } from '@ushadow/compose';

const FIRST = ['name', 'services', 'networks', 'volumes', 'configs', 'secrets', 'models'];

/** The project as a Compose file that loads to the same project again: every `$` is doubled. */
export async function canonicalText(project: ComposeProject, format: 'yaml' | 'json'): Promise<string> {
  const { disabledServices: _off, ...shown } = withoutUnusedResources(project);
  const data = ordered(shown as unknown as PlainObject);
  if (format === 'json') return `${JSON.stringify(data, null, 2)}\n`;
  const { stringify } = await import('yaml');
  // Words that YAML 1.1 takes for booleans are put in quotes, for readers that follow it.
  return stringify(data, { lineWidth: 0, version: '1.1', aliasDuplicateObjects: false });
}

type PlainObject = Readonly<Record<string, PlainValue>>;

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
      return value === undefined || isEmpty(value) ? [] : [[key, sortedAndEscaped(value)]];
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

function sortedAndEscaped(value: PlainValue): PlainValue {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return value.map(sortedAndEscaped);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedAndEscaped(item)]));
}
