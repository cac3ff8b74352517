import type { KubeField, KubeStruct, KubeType, Limits, ListMarks, ScalarKind } from './kube-type.ts';

/** Reads the lines that schemas/generate.mjs writes; its head explains the signs. */

const scalars: Readonly<Record<string, ScalarKind>> = {
  s: 'string',
  r: 'string',
  i: 'int32',
  l: 'int64',
  n: 'number',
  b: 'boolean',
  q: 'quantity',
  x: 'intOrString',
  t: 'time',
  y: 'base64',
};

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Consumes the sign if it is next. */
  skip(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  /** Everything up to the sign, which is consumed too. */
  until(sign: string): string {
    const end = this.#text.indexOf(sign, this.#at);
    const found = this.#text.slice(this.#at, end);
    this.#at = end + sign.length;
    return found;
  }

  name(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ',') this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** A JSON object; braces inside its strings do not count. */
  json(): Limits {
    const start = this.#at;
    let depth = 0;
    let quoted = false;
    do {
      const sign = this.#text[this.#at++];
      if (quoted && sign === '\\') this.#at++;
      else if (sign === '"') quoted = !quoted;
      else if (!quoted && sign === '{') depth++;
      else if (!quoted && sign === '}') depth--;
    } while (depth > 0);
    return JSON.parse(this.#text.slice(start, this.#at)) as Limits;
  }
}

function readMarks(reader: Reader): ListMarks {
  const keys = reader.skip('=') ? reader.until('=').split('.').filter(Boolean) : undefined;
  const mergeKey = reader.skip('~') ? reader.until('~') : undefined;
  return { ...(keys && { keys }), ...(mergeKey !== undefined && { mergeKey }) };
}

function readType(reader: Reader): KubeType {
  if (reader.skip('^')) return { ...readType(reader), retainKeys: true };
  if (reader.skip('c')) return readLimited(reader);
  if (reader.skip('[')) {
    const marks = readMarks(reader);
    return { is: 'list', marks, items: counted(readType(reader)) };
  }
  if (reader.skip('{')) return { is: 'map', values: readType(reader) };
  const words = reader.skip('e(') ? reader.until(')').split('|') : undefined;
  const name = reader.name();
  if (name === 'o') return { is: 'object' };
  if (name === '*') return { is: 'any' };
  const scalar = scalars[name];
  return scalar
    ? { is: 'scalar', scalar, ...(name === 'r' && { emptyCounts: true }), ...(words && { words }) }
    : { is: 'named', name };
}

function readLimited(reader: Reader): KubeType {
  const limits = reader.json();
  return { ...readType(reader), limits };
}

/** An empty text in a list, or where a value is required, is not the same as none. */
function counted(type: KubeType): KubeType {
  return type.is === 'scalar' ? { ...type, emptyCounts: true } : type;
}

/** `a!:s,b:[Container` → its fields. */
export function readStruct(name: string, line: string): KubeStruct {
  const reader = new Reader(line);
  const fields = new Map<string, KubeField>();
  while (!reader.done) {
    const sign = reader.until(':');
    const required = sign.endsWith('!');
    const field = required ? sign.slice(0, -1) : sign;
    const type = readType(reader);
    fields.set(field, { id: `${name}.${field}`, required, type: required ? counted(type) : type });
    reader.skip(',');
  }
  const required = [...fields].filter(([, field]) => field.required).map(([field]) => field);
  return { name, fields, required };
}
