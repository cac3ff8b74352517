import { isJsonObject } from '@ushadow/kubernetes';
import type { JsonObject, JsonValue } from '@ushadow/kubernetes';
import { nearest } from './nearest.ts';
import { fieldRules, typeRules } from './rules.ts';
import type { KubeSchema } from '../schema/kube-schema.ts';
import type { KubeField, KubeStruct, KubeType } from '../schema/kube-type.ts';
import { limitProblem } from '../schema/limits-check.ts';
import { scalarProblem } from '../schema/scalar-check.ts';
import { isSet } from '../shape.ts';
import type { RuleSite } from './type-rule.ts';
import type { Path } from '../violation.ts';

export type Report = (rule: string, path: Path, message: string) => void;

/** Where the walk is, linked from below: a path is written out only for a finding. */
interface At {
  readonly above: At | undefined;
  readonly step: string | number;
}

function pathOf(at: At | undefined, ...below: (string | number)[]): Path {
  const path = below;
  for (let here = at; here; here = here.above) path.unshift(here.step);
  return path;
}

/** One walk over one object: the schema at every node, and the rules of its type. */
export class Walk {
  readonly #schema: KubeSchema;
  readonly #site: RuleSite;
  readonly #report: Report;

  constructor(schema: KubeSchema, site: RuleSite, report: Report) {
    this.#schema = schema;
    this.#site = site;
    this.#report = report;
  }

  struct(struct: KubeStruct, value: JsonObject, at?: At): void {
    for (const name of Object.keys(value)) {
      const field = struct.fields.get(name);
      const item = value[name];
      if (!field) this.#unknown(struct, name, at);
      else if (item !== undefined && item !== null) this.#field(field, item, { above: at, step: name });
    }
    for (const name of struct.required)
      if (!isSet(value[name])) this.#report('schema-required', pathOf(at, name), `${name} is required`);
    this.#absentSpec(struct, value, at);
    for (const { rule, check } of typeRules.get(struct.name) ?? [])
      check(value, (message, ...below) => this.#report(rule, pathOf(at, ...below), message), this.#site);
  }

  /** What has a spec and is given none has an empty one. */
  #absentSpec(struct: KubeStruct, value: JsonObject, at: At | undefined): void {
    const spec = struct.fields.get('spec')?.type;
    if (spec?.is === 'named' && !isSet(value.spec))
      this.struct(this.#schema.struct(spec.name), {}, { above: at, step: 'spec' });
  }

  #unknown(struct: KubeStruct, name: string, at: At | undefined): void {
    const guess = nearest(name, struct.fields.keys());
    const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
    const message = `${struct.name} of Kubernetes ${this.#schema.version} has no field ${name}${hint}`;
    this.#report('schema-unknown', pathOf(at, name), message);
  }

  #field(field: KubeField, value: JsonValue, at: At): void {
    this.#value(field.type, value, at);
    const rules = fieldRules.get(field.id);
    if (!rules) return;
    const listed = Array.isArray(value);
    const emptyCounts = listed || (field.type.is === 'scalar' ? field.type.emptyCounts === true : field.required);
    const items = listed ? (value as readonly JsonValue[]) : [value];
    for (const { rule, message, test } of rules)
      items.forEach((item, i) => {
        if (item === null || (item === '' && !emptyCounts) || test(item, this.#site)) return;
        this.#report(rule, listed ? pathOf(at, i) : pathOf(at), message);
      });
  }

  #value(type: KubeType, value: JsonValue, at: At): void {
    const problem = type.limits && limitProblem(type.limits, value);
    if (problem) this.#report('schema-limit', pathOf(at), problem);
    if (type.is === 'scalar') this.#scalar(type, value, at);
    else if (type.is === 'list') this.#list(type, value, at);
    else if (type.is === 'any') return;
    else if (!isJsonObject(value)) this.#report('schema-type', pathOf(at), 'must be an object');
    else if (type.is === 'named') this.struct(this.#schema.struct(type.name), value, at);
    else if (type.is === 'map')
      for (const key of Object.keys(value)) {
        const item = value[key];
        if (item !== undefined) this.#value(type.values, item, { above: at, step: key });
      }
  }

  #scalar(type: KubeType & { is: 'scalar' }, value: JsonValue, at: At): void {
    const expected = scalarProblem(type.scalar, value);
    if (expected) this.#report('schema-type', pathOf(at), `must be ${expected}`);
    else if (type.words && (value !== '' || type.emptyCounts) && !type.words.includes(String(value)))
      this.#report('schema-enum', pathOf(at), `must be one of ${type.words.filter(Boolean).join(', ')}`);
  }

  #list(type: KubeType & { is: 'list' }, value: JsonValue, at: At): void {
    if (!Array.isArray(value)) return this.#report('schema-type', pathOf(at), 'must be a list');
    const items = value as readonly JsonValue[];
    items.forEach((item, i) => {
      if (item === null) this.#report('schema-type', pathOf(at, i), 'must not be null');
      else this.#value(type.items, item, { above: at, step: i });
    });
    this.#repeatedKeys(type, items, at);
  }

  /** Server-side apply refuses two items with the same keys. */
  #repeatedKeys(type: KubeType & { is: 'list' }, items: readonly JsonValue[], at: At): void {
    const keys = type.marks.keys;
    if (!keys || items.length < 2) return;
    const seen = new Set<string>();
    items.forEach((item, i) => {
      const own = isJsonObject(item) ? keys.map((key) => item[key] ?? keyDefaults[key] ?? null) : item;
      const text = JSON.stringify(own);
      const what = keys.length ? keys.join(' and ') : 'value';
      if (seen.has(text)) this.#report('schema-duplicate', pathOf(at, i), `another entry has the same ${what}`);
      seen.add(text);
    });
  }
}

/** A key that is left out stands for its default. */
const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' };
