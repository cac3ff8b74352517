import { isJsonObject } from '@ushadow/kubernetes';
import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';

export interface Mutation {
  readonly name: string;
  readonly object: KubeObject;
}

type Path = readonly (string | number)[];

/** A copy with another value at a path; undefined takes it away. */
export function withValue(object: KubeObject, path: Path, value: JsonValue | undefined): KubeObject {
  const copy = structuredClone(object) as unknown as Record<string, unknown>;
  const parent = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>((at, step) => at[step] as Record<string, unknown>, copy);
  const last = path.at(-1);
  if (last === undefined) return object;
  if (value !== undefined) parent[last] = structuredClone(value);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
  return copy as unknown as KubeObject;
}

function* nodes(value: JsonValue, path: Path = []): Generator<readonly [Path, JsonValue]> {
  if (path.length) yield [path, value];
  if (Array.isArray(value))
    for (const [i, item] of (value as readonly JsonValue[]).entries()) yield* nodes(item, [...path, i]);
  else if (isJsonObject(value))
    for (const [key, item] of Object.entries(value)) if (item !== undefined) yield* nodes(item, [...path, key]);
}

const texts: Readonly<Record<string, JsonValue>> = {
  empty: '',
  long: 'a'.repeat(300),
  'longer than a label': 'b'.repeat(64),
  'sixteen letters': 'c'.repeat(16),
  uppercase: 'Upper',
  underscore: 'under_score',
  symbols: 'what?!',
  slash: '/abs/../path',
  dots: '..',
  'as number': 7,
  'as object': { a: 1 },
  'as list': ['a'],
  'as boolean': true,
};
const numbers: Readonly<Record<string, JsonValue>> = {
  negative: -1,
  zero: 0,
  huge: 70_000,
  'beyond 32 bits': 2 ** 40,
  fraction: 1.5,
  'as text': 'x-y',
  'as numeral': '3',
  'as boolean': false,
};
const booleans: Readonly<Record<string, JsonValue>> = { 'as text': 'yes', 'as number': 1, flipped: true };

function* changes(value: JsonValue): Generator<readonly [string, JsonValue | undefined]> {
  yield ['removed', undefined];
  if (typeof value === 'string') yield* Object.entries(texts);
  else if (typeof value === 'number') yield* Object.entries(numbers);
  else if (typeof value === 'boolean') yield* Object.entries(booleans);
  else if (Array.isArray(value)) yield* listChanges(value as readonly JsonValue[]);
  else if (isJsonObject(value)) yield* objectChanges(value);
}

function* listChanges(list: readonly JsonValue[]): Generator<readonly [string, JsonValue]> {
  yield ['emptied', []];
  yield ['as text', 'a'];
  yield ['as object', { a: 'b' }];
  if (list[0] !== undefined) yield ['first entry twice', [list[0], ...list]];
}

function* objectChanges(object: JsonObject): Generator<readonly [string, JsonValue]> {
  yield ['emptied', {}];
  yield ['as text', 'a'];
  yield ['as list', [object]];
  yield ['with an unknown field', { ...object, unknwonField: 'x' }];
  yield ['with a bad key', { ...object, 'bad key!': 'x' }];
}

/** Every node of an object changed in every way its type suggests; nodes below a skipped path stay as they are. */
export function* mutate(object: KubeObject, skip: (path: string) => boolean = () => false): Generator<Mutation> {
  for (const [path, value] of nodes(object as unknown as JsonValue)) {
    const where = path.join('.');
    if (
      where === 'apiVersion' ||
      where === 'kind' ||
      where === 'metadata.namespace' ||
      where === 'metadata' ||
      skip(where)
    )
      continue;
    for (const [how, changed] of changes(value)) {
      if (JSON.stringify(changed) === JSON.stringify(value)) continue;
      yield { name: `${object.kind} ${where} ${how}`, object: withValue(object, path, changed) };
    }
  }
}
