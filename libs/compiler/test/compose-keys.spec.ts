import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { KEYS, findVerdict } from '../src/keys/find-verdict.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const root = JSON.parse(
  readFileSync(new URL('../../compose/schema/compose-spec.json', import.meta.url), 'utf8'),
) as Schema & {
  readonly $defs?: Readonly<Record<string, Schema>>;
};
/** Maps whose keys are free text, not keys of Compose. */
const FREE =
  /\.(environment|labels|annotations|args|sysctls|options|driver_opts|storage_opt|extra_hosts|ulimits|additional_contexts|aux_addresses)$/;

/** Every path of keys the schema allows; `*` is a name or an index. */
function pathsOf(schema: Schema, path: string, seen: readonly string[], found: Set<string>): void {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace(/^#\/(\$defs|definitions)\//, '');
    const target = root.$defs?.[name];
    if (target !== undefined && !seen.includes(name)) pathsOf(target, path, [...seen, name], found);
    return;
  }
  for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])])
    pathsOf(branch, path, seen, found);
  if (FREE.test(path)) return;
  for (const [key, child, isKey] of childrenOf(schema)) {
    const below = path === '' ? key : `${path}.${key}`;
    if (isKey) found.add(below);
    pathsOf(child, below, seen, found);
  }
}

/** What may stand below: keys by their names, names and indexes as `*`. */
function childrenOf(schema: Schema): readonly (readonly [string, Schema, boolean])[] {
  const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => !pattern.startsWith('^x-'));
  const free = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  const items = schema.items === undefined ? [] : [schema.items];
  return [
    ...Object.entries(schema.properties ?? {}).map(([key, child]) => [key, child, true] as const),
    ...[...patterns.map(([, child]) => child), ...items, ...free].map((child) => ['*', child, false] as const),
  ];
}

const paths = new Set<string>();
pathsOf(root, '', [], paths);
const SECTIONS = ['services', 'networks', 'volumes', 'configs', 'secrets', 'models'];

describe('the table of keys', () => {
  it('M6: knows every key of the Compose schema: mapped, approximated or diagnosed', () => {
    const unknown = [...paths].filter((path) => {
      const row = findVerdict(path.split('.'))?.row;
      return row === undefined || (SECTIONS.includes(row) && path !== row);
    });
    expect(paths.size).toBeGreaterThan(300);
    expect(unknown).toEqual([]);
  });

  it('has no row for a key that Compose does not have', () => {
    const known = (row: string): boolean => [...paths].some((path) => path === row || path.startsWith(`${row}.`));
    const late = ['services.*.pull_refresh_after', 'services.*.storage_opt.size'];
    expect(Object.keys(KEYS).filter((row) => !known(row) && !late.includes(row))).toEqual([]);
  });

  it('says of every key that is not carried over why, and what to do', () => {
    for (const verdict of Object.values(KEYS)) {
      if (verdict.verdict === 'diagnosed') expect(verdict.reason.length * verdict.remedy.length).toBeGreaterThan(0);
      if (verdict.verdict === 'approximated') expect(verdict.difference.length).toBeGreaterThan(0);
    }
  });
});
