import { shortened } from '@ushadow/kubernetes';

const KEY_MAX = 253;
const VALID = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

/** Keys for paths: only letters, digits, `-`, `_`, `.`; a path that had to be changed gets a hash where it would clash. */
export function fileKeys(paths: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(paths.filter((path) => VALID.test(path)));
  return new Map(
    paths.map((path) => {
      if (VALID.test(path)) return [path, path];
      const plain = path.replace(/[^-._a-zA-Z0-9]+/g, '_');
      const isFree = VALID.test(plain) && !taken.has(plain);
      const key = isFree ? plain : hashedKey(plain.replace(/^\.+/, ''), path, taken);
      taken.add(key);
      return [path, key];
    }),
  );
}

/** A stem with a hash of the whole, another one where somebody has written such a key down. */
export function hashedKey(stem: string, path: string, taken: ReadonlySet<string>): string {
  for (let whole = path; ; whole += '/') {
    const key = shortened(stem, whole, KEY_MAX);
    if (!taken.has(key)) return key;
  }
}
