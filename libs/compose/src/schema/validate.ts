import type { Report } from '../diagnostics/report.ts';
import { fingerprint, map, scalar, seq, withEntries } from '../tree/node.ts';
import type { MapNode, Node, ScalarNode, SeqNode } from '../tree/node.ts';
import { composeSchema } from './compose-schema.generated.ts';
import { expectedTypes, foundType, TYPE_NAMES } from './type-names.ts';
import type { JsonType, Schema, SchemaDocument } from './schema.ts';

let loaded: SchemaDocument | undefined;

/**
 * Checks a project against the Compose schema. Every violation is reported; what violates it is left out of the
 * result, so that later steps may rely on the shapes.
 */
export function validateSchema(root: Node, report: Report): MapNode {
  loaded ??= composeSchema();
  const checked = new Validator(loaded, report).check(root, loaded);
  return checked?.kind === 'map' ? checked : map([], root.at);
}

const patterns = new Map<string, RegExp>();

function patternOf(text: string): RegExp {
  let pattern = patterns.get(text);
  if (!pattern) patterns.set(text, (pattern = new RegExp(text, 'u')));
  return pattern;
}

/** What is worked out of a schema once: the types its branches allow, and its patterns for keys. */
const knownTypes = new WeakMap<Schema, readonly JsonType[]>();
const knownPatterns = new WeakMap<Schema, readonly (readonly [RegExp, Schema])[]>();

const ANYTHING: Schema = {};

function patternsOf(schema: Schema): readonly (readonly [RegExp, Schema])[] {
  if (!schema.patternProperties) return [];
  let known = knownPatterns.get(schema);
  if (!known) {
    known = Object.entries(schema.patternProperties).map(([pattern, below]) => [patternOf(pattern), below] as const);
    knownPatterns.set(schema, known);
  }
  return known;
}

class Validator {
  readonly #root: SchemaDocument;
  readonly #report: Report;
  /** Of the node being checked; what is below adds its step and takes it away again. */
  readonly #path: string[] = [];

  constructor(root: SchemaDocument, report: Report) {
    this.#root = root;
    this.#report = report;
  }

  /** The valid part of a node; undefined when nothing of it is valid. */
  check(node: Node, written: Schema): Node | undefined {
    const schema = this.#resolve(written);
    const branches = schema.oneOf ?? schema.anyOf;
    if (branches) return this.#branch(node, branches);
    if (schema.type && !this.#typeFits(node, schema.type)) {
      this.#wrongType(node, [schema.type].flat());
      return undefined;
    }
    if (node.kind === 'map') return this.#map(node, schema);
    if (node.kind === 'seq') return this.#seq(node, schema);
    return this.#scalar(node, schema);
  }

  #resolve(schema: Schema): Schema {
    return schema.$ref ? (this.#root.$defs[schema.$ref.slice('#/$defs/'.length)] ?? schema) : schema;
  }

  #typesOf(written: Schema): readonly JsonType[] {
    let types = knownTypes.get(written);
    if (!types) knownTypes.set(written, (types = this.#listTypes(written)));
    return types;
  }

  #listTypes(written: Schema): readonly JsonType[] {
    const schema = this.#resolve(written);
    const branches = schema.oneOf ?? schema.anyOf;
    return branches ? branches.flatMap((branch) => this.#typesOf(branch)) : [schema.type ?? []].flat();
  }

  #typeFits(node: Node, type: JsonType | readonly JsonType[]): boolean {
    const found = foundType(node);
    return typeof type === 'string' ? found.includes(type) : found.some((each) => type.includes(each));
  }

  #wrongType(node: Node, types: readonly JsonType[]): void {
    const found = TYPE_NAMES[foundType(node)[0] ?? 'null'];
    this.#report.addFinal('CPS0402', { expected: expectedTypes(types), found }, this.#path, node.at);
  }

  /** Only a branch whose type fits can be meant: its findings say more than "none of these". */
  #branch(node: Node, branches: readonly Schema[]): Node | undefined {
    const meant = branches.filter((branch) => {
      const types = this.#typesOf(branch);
      return types.length === 0 || this.#typeFits(node, types);
    });
    const [only] = meant;
    if (only) return this.check(node, only);
    this.#wrongType(node, [...new Set(branches.flatMap((branch) => this.#typesOf(branch)))]);
    return undefined;
  }

  #map(node: MapNode, schema: Schema): Node {
    let changed: Map<string, Node> | undefined;
    for (const [key, value] of node.entries) {
      const below = this.#schemaOf(key, schema);
      this.#path.push(key);
      const checked = below ? this.check(value, below) : this.#unknownKey(key, node, schema);
      this.#path.pop();
      if (checked === value) continue;
      changed ??= new Map(node.entries);
      if (checked) changed.set(key, checked);
      else changed.delete(key);
    }
    for (const key of schema.required ?? []) {
      if (!node.entries.has(key)) this.#report.add('CPS0403', { key }, this.#path, node.at);
    }
    return changed ? withEntries(node, changed) : node;
  }

  #schemaOf(key: string, schema: Schema): Schema | undefined {
    if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key];
    for (const [pattern, below] of patternsOf(schema)) if (pattern.test(key)) return below;
    return schema.additionalProperties === false ? undefined : ANYTHING;
  }

  #unknownKey(key: string, node: MapNode, schema: Schema): undefined {
    const at = node.keysAt?.get(key) ?? node.entries.get(key)?.at ?? node.at;
    const names = Object.keys(schema.properties ?? {});
    if (names.length === 0) this.#report.add('CPS0406', { name: key }, this.#path, at);
    else this.#report.add('CPS0401', { key, suggestion: this.#report.suggestion(key, () => names) }, this.#path, at);
  }

  #seq(node: SeqNode, schema: Schema): Node {
    const { items } = schema;
    let same = true;
    const kept: Node[] = [];
    const seen = new Set<string>();
    node.items.forEach((item, index) => {
      this.#path.push(String(index));
      const checked = items ? this.check(item, items) : item;
      this.#path.pop();
      same &&= checked === item;
      if (!checked) return;
      kept.push(checked);
      if (!schema.uniqueItems) return;
      const print = fingerprint(checked);
      if (seen.has(print)) this.#report.add('CPS0405', {}, [...this.#path, index], item.at);
      seen.add(print);
    });
    return same ? node : seq(kept, node.at);
  }

  #scalar(node: ScalarNode, schema: Schema): Node | undefined {
    const expected = violated(node.value, schema);
    if (expected === undefined) return node;
    this.#report.addFinal('CPS0404', { expected }, this.#path, node.at);
    return typeof node.value === 'number' ? scalar(0, node.at) : undefined;
  }
}

/** What a value should have been; undefined when it is fine. */
function violated(
  value: ScalarNode['value'],
  { enum: allowed, pattern, minimum, maximum }: Schema,
): string | undefined {
  if (allowed && !allowed.includes(String(value))) return `one of ${allowed.join(', ')}`;
  if (pattern && typeof value === 'string' && !patternOf(pattern).test(value)) return `of the form ${pattern}`;
  if (minimum !== undefined && typeof value === 'number' && value < minimum) return `${minimum} or more`;
  if (maximum !== undefined && typeof value === 'number' && value > maximum) return `${maximum} or less`;
  return undefined;
}
