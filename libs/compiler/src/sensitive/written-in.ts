import type { LoadResult } from '@ushadow/compose';
import { pointerSegments, substitute } from '@ushadow/compose';
import { own } from '../text/own.ts';
import { splitWords } from '../text/split-words.ts';

/**
 * Answers whether a text of a project was written with a variable, by the part it stands in, such as `/services/web/command`. What a
 * service takes over from the one that it extends was written there: it is known by the key and the text.
 */
export function writtenIn(
  templates: LoadResult['templates'],
  variables: Readonly<Record<string, string>>,
): (text: string, path: string) => (name: string) => boolean {
  const byPart = new Map<string, Set<string>>();
  const byText = new Map<string, Set<string>>();
  for (const { path, template, references } of templates) {
    const names = references.map(({ name }) => name);
    addAll(byPart, partOf(path), names);
    const key = serviceKey(path);
    if (key === undefined) continue;
    const result = substitute(template, (name) => own(variables, name));
    const text = 'value' in result ? result.value : '';
    for (const piece of new Set([text, ...splitWords(text)])) addAll(byText, `${key} ${piece}`, names);
  }
  return (text, path) => {
    const inPart = byPart.get(partOf(path)) ?? NONE;
    const elsewhere = byText.get(`${serviceKey(path) ?? ''} ${text}`) ?? NONE;
    return (name) => inPart.has(name) || elsewhere.has(name);
  };
}

const NONE: ReadonlySet<string> = new Set();

function addAll(map: Map<string, Set<string>>, key: string, names: readonly string[]): void {
  const known = map.get(key) ?? new Set();
  for (const name of names) known.add(name);
  map.set(key, known);
}

/** A key of a service, or a config. */
function partOf(path: string): string {
  const steps = path.startsWith('/services/') ? 3 : 2;
  let end = 0;
  for (let step = 0; step < steps && end >= 0; step += 1) end = path.indexOf('/', end + 1);
  return end < 0 ? path : path.slice(0, end);
}

function serviceKey(path: string): string | undefined {
  const [first, , key] = pointerSegments(path);
  return first === 'services' ? key : undefined;
}
