import { sha256Hex } from '@ushadow/kubernetes';

/** Keys for paths: only letters, digits, `-`, `_`, `.`; a path that had to be changed gets a hash where it would clash. */
export function fileKeys(paths: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(paths.filter((path) => VALID.test(path)));
  return new Map(
    paths.map((path) => {
      if (VALID.test(path)) return [path, path];
      const plain = path.replace(/[^-._a-zA-Z0-9]+/g, '_').slice(0, 200);
      const key =
        plain !== '' && !/^\.{1,2}$/.test(plain) && !taken.has(plain)
          ? plain
          : `${plain.slice(0, 100)}-${sha256Hex(path).slice(0, 8)}`;
      taken.add(key);
      return [path, key];
    }),
  );
}

const VALID = /^(?!\.{1,2}$)[-._a-zA-Z0-9]{1,253}$/;
