import type { DocumentPath, YamlTree } from './read-document.ts';

export type YamlMap = ReadonlyMap<YamlTree, YamlTree>;

/** One `{name, cluster|user|context}` entry of a kubeconfig, with where it stands. */
export interface NamedEntry {
  readonly name: string;
  readonly body: YamlMap;
  readonly path: DocumentPath;
}

export function isYamlMap(value: unknown): value is YamlMap {
  return value instanceof Map;
}

/** The well-formed entries of `clusters`, `users` or `contexts`. */
export function namedEntries(root: YamlMap, list: string, field: string): NamedEntry[] {
  const items = root.get(list);
  if (!Array.isArray(items)) return [];
  return (items as readonly YamlTree[]).flatMap((item, index) => {
    if (!isYamlMap(item)) return [];
    const name = item.get('name');
    const body = item.get(field);
    if (typeof name !== 'string' || name === '') return [];
    return [{ name, body: isYamlMap(body) ? body : new Map<YamlTree, YamlTree>(), path: [list, index, field] }];
  });
}

/** A non-empty string field, else undefined. */
export function textField(map: YamlMap, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function formatPath(path: DocumentPath): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}
