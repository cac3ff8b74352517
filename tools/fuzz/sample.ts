import type { SeededRandom } from '@ushadow/testing';

type Schema = Readonly<Record<string, unknown>>;

const STRINGS = [
  '',
  'a',
  'web',
  'app:web',
  'ushadow',
  '../..',
  '\u0000',
  '$' + '{X}',
  '\ud800',
  'é'.repeat(300),
  'x'.repeat(5_000),
];
const NAMES = ['app', 'app:web', 'web', 'ushadow', 'settings.token', '0123456789abcdef'];
const UUID = '00000000-0000-4000-8000-000000000000';

/** Something that a JSON Schema allows, or nearly: what a pattern wants is guessed. */
export function sampleOf(schema: Schema, random: SeededRandom, depth = 0): unknown {
  if (depth > 8) return null;
  if ('const' in schema) return schema['const'];
  const choices = listOf(schema, 'enum') ?? undefined;
  if (choices) return random.pick(choices);
  const unions = (listOf(schema, 'anyOf') ?? listOf(schema, 'oneOf')) as readonly Schema[] | undefined;
  if (unions) return sampleOf(random.pick(unions), random, depth + 1);
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, random, depth);
    case 'array':
      return Array.from({ length: random.between(0, 3) }, () =>
        sampleOf((schema['items'] ?? {}) as Schema, random, depth + 1),
      );
    case 'string':
      return textOf(schema, random);
    case 'integer':
    case 'number':
      return random.pick([0, 1, 5, 60, 100, -1, 2 ** 31, Number.MAX_SAFE_INTEGER]);
    case 'boolean':
      return random.next() < 0.5;
    default:
      return random.pick([null, 1, 'x', {}, []]);
  }
}

function objectOf(schema: Schema, random: SeededRandom, depth: number): Record<string, unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  const own = Object.entries(properties)
    .filter(([name]) => required.has(name) || random.next() < 0.5)
    .map(([name, each]) => [name, sampleOf(each, random, depth + 1)]);
  const more = schema['additionalProperties'];
  const named = isSchema(more) ? [[random.pick(NAMES), sampleOf(more, random, depth + 1)]] : [];
  return Object.fromEntries([...own, ...named]) as Record<string, unknown>;
}

function textOf({ format, pattern }: Schema, random: SeededRandom): string {
  if (format === 'uuid') return UUID;
  if (typeof pattern === 'string' && pattern.includes('{16}')) return '0123456789abcdef';
  return random.next() < 0.7 ? random.pick(NAMES) : random.pick(STRINGS);
}

/** The value with one thing in it changed, taken away or added. */
export function mutated(value: unknown, random: SeededRandom): unknown {
  if (Array.isArray(value) && value.length > 0 && random.next() < 0.8) {
    const at = random.between(0, value.length - 1);
    return value.map((each: unknown, index) => (index === at ? mutated(each, random) : each));
  }
  if (typeof value === 'object' && value !== null && random.next() < 0.8) {
    const entries = Object.entries(value);
    const at = random.between(0, entries.length);
    if (at === entries.length)
      return { ...value, [random.pick([...STRINGS, '__proto__', 'constructor'])]: odd(random) };
    return Object.fromEntries(
      entries.flatMap(([name, each], index) =>
        index !== at ? [[name, each]] : random.next() < 0.3 ? [] : [[name, mutated(each, random)]],
      ),
    );
  }
  return odd(random);
}

function odd(random: SeededRandom): unknown {
  return random.pick<unknown>([
    ...STRINGS,
    ...[null, true, 0, -1, 1e308, [], {}, [[]], { __proto__: { a: 1 } }],
    ...['-----BEGIN CERTIFICATE-----', 'e1.x.y', 'apiVersion: v1', Buffer.from('kind: Config').toString('base64')],
    nested(random.between(1, 200)),
  ]);
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function listOf(schema: Schema, name: string): readonly unknown[] | undefined {
  const value = schema[name];
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
