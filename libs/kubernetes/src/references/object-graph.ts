import { valueAt } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { ObjectId } from '../object-id.ts';
import { objectId, objectKey } from '../object-id.ts';
import { referencesOf } from './references.ts';

/** One object of a set that another one of the same set needs. */
export interface RequiredObject {
  readonly key: string;
  /** What needs it: the object itself, its pods once they start, or its kind, which it defines. */
  readonly by: 'object' | 'pods' | 'kind';
}

/** What pods look for when they start, and wait for when it is not there. */
const NEEDED_BY_PODS: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'Service']);

/** What each object of a set, by key, names of the others, and the definition of its kind. */
export function requiredObjects(objects: readonly KubeObject[]): ReadonlyMap<string, readonly RequiredObject[]> {
  const byKey = new Map(objects.map((object) => [objectKey(objectId(object)), object]));
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const requiredBy = (object: KubeObject, own: string): RequiredObject[] => {
    const named = referencesOf(object)
      .map((reference) => objectKey({ version: '', ...reference }))
      .filter((key) => byKey.has(key) && key !== own);
    const definition = definitions.find((other) => defines(other, objectId(object)));
    return [
      ...[...new Set(named)].map((key): RequiredObject => ({
        key,
        by: NEEDED_BY_PODS.has(byKey.get(key)?.kind ?? '') ? 'pods' : 'object',
      })),
      ...(definition === undefined ? [] : [{ key: objectKey(objectId(definition)), by: 'kind' as const }]),
    ];
  };
  return new Map([...byKey].map(([key, object]) => [key, requiredBy(object, key)]));
}

/** True when an object is the CustomResourceDefinition of a kind. */
export function defines(object: KubeObject, id: ObjectId): boolean {
  return (
    object.kind === 'CustomResourceDefinition' &&
    valueAt(object, ['spec', 'group']) === id.group &&
    valueAt(object, ['spec', 'names', 'kind']) === id.kind
  );
}

type Depths =
  | { readonly ok: true; readonly depths: ReadonlyMap<string, number> }
  /** Keys of a cycle, its first one at the end once more. */
  | { readonly ok: false; readonly cycle: readonly string[] };

/** The longest way from each key of a graph to one that needs nothing. */
export function depthsOf(edges: ReadonlyMap<string, readonly { readonly on: string }[]>): Depths {
  const depths = new Map<string, number>();
  for (const key of edges.keys()) {
    const cycle = measure(key, edges, depths, []);
    if (cycle !== undefined) return { ok: false, cycle };
  }
  return { ok: true, depths };
}

/** Sets the depth of a key; gives the cycle it is part of, if any. */
function measure(
  key: string,
  edges: ReadonlyMap<string, readonly { readonly on: string }[]>,
  depths: Map<string, number>,
  path: readonly string[],
): readonly string[] | undefined {
  if (depths.has(key)) return undefined;
  if (path.includes(key)) return [...path.slice(path.indexOf(key)), key];
  let depth = 0;
  for (const { on } of edges.get(key) ?? []) {
    const cycle = measure(on, edges, depths, [...path, key]);
    if (cycle !== undefined) return cycle;
    depth = Math.max(depth, (depths.get(on) ?? 0) + 1);
  }
  depths.set(key, depth);
  return undefined;
}
