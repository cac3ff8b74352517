/** Writes src/schema/compose-schema.generated.ts from schema/compose-spec.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const source = fileURLToPath(new URL('../schema/compose-spec.json', import.meta.url));
const target = fileURLToPath(new URL('../src/schema/compose-schema.generated.ts', import.meta.url));

/** The words of JSON Schema that say something about validity here. */
const DROPPED = new Set(['$schema', '$id', 'title', 'deprecated', 'default', 'format']);

function reduce(value, isSchema = true) {
  if (Array.isArray(value)) return value.map((item) => reduce(item));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => !isSchema || !dropped(key, value[key]));
  return Object.fromEntries(entries.map(([key, item]) => [key, reduce(item, !(isSchema && holdsNames(key)))]));
}

function dropped(key, value) {
  return DROPPED.has(key) || (key === 'description' && typeof value === 'string');
}

function holdsNames(key) {
  return key === 'properties' || key === 'patternProperties' || key === '$defs';
}

/** `allOf` with `unevaluatedProperties: false` says the same as one object that lists all properties. */
function fold(schema, definitions) {
  if (!schema.allOf) return schema;
  const parts = schema.allOf.map(({ $ref }) => definitions[$ref.slice('#/$defs/'.length)]);
  const { unevaluatedProperties, ...own } = schema;
  delete own.allOf;
  const all = [...parts, own];
  return {
    type: 'object',
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => properties)),
    patternProperties: Object.assign({}, ...all.map(({ patternProperties }) => patternProperties)),
    additionalProperties: unevaluatedProperties ?? true,
  };
}

/** The text of the generated file. */
export async function generateSchema() {
  const { $defs, ...root } = reduce(JSON.parse(readFileSync(source, 'utf8')));
  delete root.properties.jobs;
  const kept = Object.entries($defs).filter(
    ([name]) => !['job', 'schedule', 'container_spec', 'workload_spec'].includes(name),
  );
  const folded = Object.fromEntries(kept.map(([name, schema]) => [name, fold(schema, $defs)]));
  const json = JSON.stringify({ ...root, $defs: folded });
  const text = [
    '// Generated from schema/compose-spec.json (Apache-2.0, see schema/NOTICE.md). Do not edit.',
    "import type { SchemaDocument } from './schema.ts';",
    '',
    '/** The Compose schema as text: read on first use, so that a start without validation costs nothing. */',
    `export const composeSchema = (): SchemaDocument => JSON.parse(${JSON.stringify(json)}) as SchemaDocument;`,
    '',
  ].join('\n');
  return format(text, { ...(await resolveConfig(target)), filepath: target });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await generateSchema());
