import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { decodeBase64Text, isJsonObject } from '@ushadow/kubernetes';

const REDACTED = '[redacted]';

/** Shorter values would blank out ordinary words. */
const MIN_SECRET_LENGTH = 4;

/** Replaces the values of the deployment's own Secrets wherever they turn up: messages, events, logs. */
export class Redactor {
  /** All values in one pattern, longer ones first; undefined where there are none. */
  readonly #values: RegExp | undefined;
  readonly #also: ((text: string) => string) | undefined;

  /** @param also a further redaction of the caller's, e.g. by patterns */
  constructor(objects: readonly KubeObject[], also?: (text: string) => string) {
    this.#also = also;
    const values = new Set(objects.filter(({ kind }) => kind === 'Secret').flatMap(secretValues));
    const longestFirst = [...values].sort((a, b) => b.length - a.length);
    this.#values = values.size === 0 ? undefined : new RegExp(longestFirst.map(escape).join('|'), 'g');
  }

  text(text: string): string {
    const shown = this.#values === undefined ? text : text.replace(this.#values, REDACTED);
    // A log may hold zero bytes, which many a store of JSON refuses.
    return (this.#also === undefined ? shown : this.#also(shown)).replaceAll('\0', '\ufffd');
  }

  /** A copy of any JSON-like value with every string in it redacted. */
  deep<T>(value: T): T {
    return this.#walk(value) as T;
  }

  #walk(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.#walk(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, this.#walk(child)]));
  }
}

function secretValues(secret: KubeObject): string[] {
  const plain = strings(secret['stringData']);
  const encoded = strings(secret['data']);
  const decoded = encoded.map(decodeBase64Text).filter((value) => value !== undefined);
  const all = [...plain, ...encoded, ...decoded];
  // A value of several lines is also shown line by line, e.g. in a log.
  const lines = [...plain, ...decoded].flatMap((value) => value.split(/\r?\n/));
  return [...all, ...lines].map((value) => value.trim()).filter((value) => value.length >= MIN_SECRET_LENGTH);
}

function strings(value: JsonValue | undefined): string[] {
  if (!isJsonObject(value)) return [];
  return Object.values(value).filter((item) => typeof item === 'string');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
