import { substitute, variablesOf, type VariableReference } from '@ushadow/compose';
import type { Scalar } from 'yaml';
import { referencesOf, type ComposeText } from '../compose/compose-text.ts';
import { environmentOf } from '../compose/environment.ts';
import type { Findings } from '../findings.ts';
import type { TemplateValue } from '../imported-template.ts';
import { magicOf } from './magic-names.ts';

interface Known {
  /** What variables of the platform stand for: a default may be made of them. */
  readonly magic: readonly TemplateValue[];
  readonly ignored: ReadonlySet<Scalar>;
}

/**
 * A variable is one for the whole stack: where a default stands in one place, `${NAME}` elsewhere means it too, and so does another
 * default. What others read as the message of `${NAME:?…}` is a value to begin with, where it can be one.
 */
export function stackDefaults(
  compose: ComposeText,
  { magic, ignored }: Known,
  findings: Findings,
): readonly TemplateValue[] {
  const isOwn = ({ name }: VariableReference): boolean => magicOf(name) === undefined;
  const all = compose.scalars
    .filter((node) => !ignored.has(node))
    .flatMap(referencesOf)
    .filter(isOwn);
  const whole = wholeValues(compose).filter(isOwn);
  const bare = new Set(all.filter(({ kind }) => kind === 'plain' || kind === 'required').map(({ name }) => name));
  const divided = dividedNames(whole, all);
  const defaults = new Map<string, string>();
  for (const { name, kind, fallback = '' } of [...whole, ...all]) {
    const isDefault = kind === 'default' && (bare.has(name) || divided.has(name));
    const isMeant = isDefault || (kind === 'required' && !isMessage(fallback));
    if (isMeant && fallback !== '' && !defaults.has(name)) defaults.set(name, fallback);
  }
  const values = valuesOf(defaults, magic, compose.source.file);
  if (values.length > 0) findings.add('TPL0309', { names: values.map(({ name }) => name) });
  return values;
}

/** What is the whole value of a container's variable: there the platform takes defaults from. */
function wholeValues({ services, document }: ComposeText): readonly VariableReference[] {
  return services
    .flatMap(({ value }) => environmentOf(value, document))
    .flatMap(({ value = '' }) => (value.startsWith('$') ? variablesOf(value).slice(0, 1) : []));
}

/** Those with several defaults, of which one is such a value. */
function dividedNames(whole: readonly VariableReference[], all: readonly VariableReference[]): ReadonlySet<string> {
  const texts = new Map<string, Set<string>>(whole.map(({ name }) => [name, new Set()]));
  for (const { name, kind, fallback = '' } of all)
    if (kind === 'default' && fallback !== '') texts.get(name)?.add(fallback);
  return new Set([...texts].filter(([, found]) => found.size > 1).map(([name]) => name));
}

/** One that refers to a secret is one; one that is made of others is filled in here, since each place of it has to be the same. */
function valuesOf(
  defaults: ReadonlyMap<string, string>,
  magic: readonly TemplateValue[],
  path: string,
): readonly TemplateValue[] {
  const known = new Map(magic.map((each) => [each.name, each]));
  const open = new Set<string>();
  const valueOf = (name: string): TemplateValue | undefined => {
    const fallback = defaults.get(name);
    const found = known.get(name);
    if (found !== undefined || fallback === undefined || open.has(name)) return found;
    open.add(name);
    const result = substitute(fallback, (each) => valueOf(each)?.value);
    const parts = variablesOf(fallback).flatMap((each) => valueOf(each.name) ?? []);
    open.delete(name);
    if (!('value' in result) || result.value === '') return undefined;
    const [secret, generated] = [parts.some((part) => part.secret), parts.some((part) => part.generated)];
    const value = { name, value: result.value, secret, generated, path };
    known.set(name, value);
    return value;
  };
  return [...defaults.keys()].flatMap((name) => valueOf(name) ?? []);
}

function isMessage(text: string): boolean {
  return /\s|required|missing|mandatory/i.test(text);
}
