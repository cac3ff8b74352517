import { maskPatterns, MASK } from './redaction-patterns.ts';
import { redactSecretObject } from './redact-secret-object.ts';
import { isSecretField } from './secret-field.ts';
import { valueForms } from './value-forms.ts';

const MAX_DEPTH = 24;

/** Masks secrets in text and JSON: values it was given, and whatever looks like a credential. */
export class Redactor {
  readonly #forms = new Set<string>();
  #known: RegExp | undefined;
  #longest = 0;

  constructor(values: Iterable<string> = []) {
    this.add(...values);
  }

  /** Values shorter than 6 characters are not searched for. */
  add(...values: readonly string[]): void {
    for (const form of values.flatMap(valueForms)) {
      this.#forms.add(form);
      this.#longest = Math.max(this.#longest, form.length);
    }
    this.#known = undefined;
  }

  /** Length of the longest spelling it looks for; a stream must keep that much back. */
  get longestForm(): number {
    return this.#longest;
  }

  /** Masks known values alone. */
  maskValues(text: string): string {
    if (this.#forms.size === 0) return text;
    this.#known ??= alternation(this.#forms);
    return text.replace(this.#known, MASK);
  }

  text(text: string): string {
    return maskPatterns(this.maskValues(text));
  }

  /**
   * A masked copy of any value: fields with a secret's name, data of Kubernetes Secrets, also those inside JSON in
   * annotations, and secrets in every string. Errors become `{name, message, stack, …}`; cycles and depths are cut.
   */
  json(value: unknown): unknown {
    return this.#copy(value, new Set());
  }

  #copy(value: unknown, above: ReadonlySet<object>): unknown {
    if (typeof value === 'string') return this.#string(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
    if (above.has(value)) return '[circular]';
    if (above.size >= MAX_DEPTH) return '[deep]';
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    const path = new Set(above).add(value);
    if (Array.isArray(value)) return value.map((item) => this.#copy(item, path));
    return this.#copyFields(value, path);
  }

  #copyFields(value: object, path: ReadonlySet<object>): Record<string, unknown> {
    const fields = Object.entries(redactSecretObject(plain(value)));
    const copied = fields.map(([name, field]): [string, unknown] => [
      this.text(name),
      isSecretField(name) && hidesSomething(field) ? MASK : this.#copy(field, path),
    ]);
    return Object.fromEntries(copied);
  }

  #string(value: string): string {
    const object = parseObject(value);
    return object === undefined ? this.text(value) : this.text(JSON.stringify(this.json(object)));
  }
}

function plain(value: object): Readonly<Record<string, unknown>> {
  if (value instanceof Map) return Object.fromEntries(value) as Record<string, unknown>;
  if (value instanceof Set) return { values: [...value] };
  if (!(value instanceof Error)) return value as Record<string, unknown>;
  const { name, message, stack, cause } = value;
  return { ...value, name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

/** Booleans, null and empty strings give nothing away, and a volume's `secret: {secretName}` is a reference: shown. */
function hidesSomething(field: unknown): boolean {
  if (typeof field === 'object' && field !== null && ('secretName' in field || 'path' in field)) return false;
  return field !== null && field !== undefined && field !== '' && typeof field !== 'boolean';
}

function parseObject(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function alternation(forms: ReadonlySet<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
}
