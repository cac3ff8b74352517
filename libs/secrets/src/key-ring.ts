const KEY_BYTES = 32;
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const base64Pattern = /^[A-Za-z0-9+/]+={0,2}$/;

export interface KeyEncryptionKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The key-encryption keys a service holds. The first one wraps everything new; the others only read. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, KeyEncryptionKey>;
  readonly current: KeyEncryptionKey;

  constructor(keys: readonly [KeyEncryptionKey, ...KeyEncryptionKey[]]) {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.current = keys[0];
  }

  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  get(id: string): KeyEncryptionKey | undefined {
    return this.#keys.get(id);
  }

  /** A ring of this key alone. @throws Error when the ring does not have it */
  only(id: string): KeyRing {
    const key = this.#keys.get(id);
    if (key === undefined) throw new Error(`the key ring has no key ${id}`);
    return new KeyRing([key]);
  }

  /** Keeps keys out of logs, `JSON.stringify` and error reports. */
  toJSON(): { current: string; ids: readonly string[] } {
    return { current: this.current.id, ids: this.ids };
  }
}

export type ParsedKeyRing =
  | { readonly ring: KeyRing; readonly problems: readonly [] }
  | { readonly ring: undefined; readonly problems: readonly string[] };

/**
 * Reads `id:base64key[,id:base64key]`, or one key a line, the current one first; each key is 32 random bytes.
 * Gives every problem at once; none of them repeats a key. There is no default key.
 */
export function parseKeyRing(text: string): ParsedKeyRing {
  const entries = text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const parsed = entries.map((entry, index) => parseEntry(entry, `key ${index + 1}`));
  const keys = parsed.filter((entry) => typeof entry !== 'string');
  const problems = [...parsed.filter((entry) => typeof entry === 'string'), ...repeatedIds(keys)];
  const [first, ...rest] = keys;
  if (first === undefined && problems.length === 0) {
    return { ring: undefined, problems: ['no key given; expected id:base64key, made with `openssl rand -base64 32`'] };
  }
  if (first === undefined || problems.length > 0) return { ring: undefined, problems };
  return { ring: new KeyRing([first, ...rest]), problems: [] };
}

function parseEntry(entry: string, where: string): KeyEncryptionKey | string {
  const colon = entry.indexOf(':');
  if (colon < 0) return `${where} has no id; expected id:base64key`;
  const id = entry.slice(0, colon);
  if (!idPattern.test(id)) return `${where}: its id must match ${idPattern.source}`;
  const encoded = entry.slice(colon + 1);
  if (!base64Pattern.test(encoded)) return `${where}: not base64`;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== KEY_BYTES) return `${where}: has ${bytes.length} bytes, needs ${KEY_BYTES}`;
  return { id, bytes };
}

function repeatedIds(keys: readonly KeyEncryptionKey[]): string[] {
  const ids = keys.map((key) => key.id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...new Set(repeated)].map((id) => `two keys have the id ${id}`);
}
