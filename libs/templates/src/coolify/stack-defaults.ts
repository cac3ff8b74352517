import type { Scalar } from 'yaml';
import { referencesOf, type ComposeText } from '../compose/compose-text.ts';
import type { Findings } from '../findings.ts';
import type { TemplateValue } from '../imported-template.ts';
import { magicOf } from './magic-names.ts';

/**
 * A variable is one for the whole stack: where a default stands in one place, `${NAME}` elsewhere means it too. What others
 * read as the message of `${NAME:?…}` is a value to begin with, where it can be one.
 */
export function stackDefaults(
  { scalars, source }: ComposeText,
  ignored: ReadonlySet<Scalar>,
  findings: Findings,
): readonly TemplateValue[] {
  const references = scalars.filter((node) => !ignored.has(node)).flatMap(referencesOf);
  const own = references.filter(({ name }) => magicOf(name) === undefined);
  const bare = new Set(own.filter(({ kind }) => kind === 'plain' || kind === 'required').map(({ name }) => name));
  const defaults = new Map<string, string>();
  for (const { name, kind, fallback = '' } of own) {
    const isMeant = (kind === 'default' && bare.has(name)) || (kind === 'required' && !isMessage(fallback));
    if (isMeant && fallback !== '' && !fallback.includes('$') && !defaults.has(name)) defaults.set(name, fallback);
  }
  if (defaults.size > 0) findings.add('TPL0309', { names: [...defaults.keys()] });
  return [...defaults].map(([name, value]) => ({ name, value, secret: false, generated: false, path: source.file }));
}

function isMessage(text: string): boolean {
  return /\s|required|missing|mandatory/i.test(text);
}
