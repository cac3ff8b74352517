import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { compareForApply, formatObjectId, objectId, objectKey, referencesOf } from '@ushadow/kubernetes';
import type { DependencyCondition, DesiredState } from '../desired-state.ts';
import type { Failure } from '../failure.ts';
import { defines } from '../plan/defines.ts';

export interface Edge {
  /** Key of the object that must come first. */
  readonly on: string;
  readonly condition: DependencyCondition;
  /** Only its pods need the other object, a moment later: two that are new may be written in one go. */
  readonly isLate?: boolean;
}

export interface GraphNode {
  readonly key: string;
  readonly id: ObjectId;
  readonly object: KubeObject;
  readonly edges: readonly Edge[];
  /** Longest way from a node without edges. */
  readonly depth: number;
}

export type ApplyGraph =
  { readonly ok: true; readonly nodes: readonly GraphNode[] } | { readonly ok: false; readonly failure: Failure };

/** What waits for what: references inside the objects, and the dependencies handed in. */
export function buildGraph(desired: DesiredState): ApplyGraph {
  const objects = [...desired.objects].sort((a, b) => compareForApply(objectId(a), objectId(b)));
  const byKey = new Map(objects.map((object) => [objectKey(objectId(object)), object]));
  if (byKey.size < objects.length) return { ok: false, failure: duplicate(objects) };
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const edges = new Map(objects.map((object) => [keyOf(object), impliedEdges(object, definitions, byKey)]));
  for (const { object, on, condition } of desired.dependencies) {
    if (byKey.has(objectKey(on))) edges.get(objectKey(object))?.push({ on: objectKey(on), condition });
  }
  const depths = new Map<string, number>();
  for (const key of byKey.keys()) {
    const cycle = measure(key, edges, depths, []);
    if (cycle !== undefined) return { ok: false, failure: cyclic(cycle, byKey) };
  }
  const nodes = objects.map((object) => {
    const key = keyOf(object);
    return { key, id: objectId(object), object, edges: edges.get(key) ?? [], depth: depths.get(key) ?? 0 };
  });
  return { ok: true, nodes };
}

export function objectKeys(objects: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(objects.map(keyOf));
}

function keyOf(object: KubeObject): string {
  return objectKey(objectId(object));
}

/** What pods look for when they start, and wait for when it is not there. */
const LATE_KINDS: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'Service']);

function impliedEdges(
  object: KubeObject,
  definitions: readonly KubeObject[],
  byKey: ReadonlyMap<string, KubeObject>,
): Edge[] {
  const references = referencesOf(object)
    .map((reference) => objectKey({ version: '', ...reference }))
    .filter((key) => byKey.has(key) && key !== keyOf(object));
  const definition = definitions.find((other) => defines(other, objectId(object)));
  return [
    ...[...new Set(references)].map((on): Edge => ({
      on,
      condition: 'applied',
      isLate: LATE_KINDS.has(byKey.get(on)?.kind ?? ''),
    })),
    ...(definition === undefined ? [] : [{ on: keyOf(definition), condition: 'ready' as const }]),
  ];
}

/** Sets the depth of a node; gives the cycle it stands in, if any. */
function measure(
  key: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
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

function cyclic(cycle: readonly string[], byKey: ReadonlyMap<string, KubeObject>): Failure {
  const names = cycle.map((key) => {
    const object = byKey.get(key);
    return object === undefined ? key : formatObjectId(objectId(object));
  });
  return {
    code: 'DEPENDENCY_CYCLE',
    message: `these objects wait for each other: ${names.join(' → ')}`,
    remedy: 'remove one of the dependencies',
    evidence: [],
  };
}

function duplicate(objects: readonly KubeObject[]): Failure {
  const seen = new Set<string>();
  const twice = objects.find((object) => seen.size === seen.add(keyOf(object)).size);
  const id = twice === undefined ? undefined : objectId(twice);
  return {
    code: 'DUPLICATE_OBJECT',
    message: `${id === undefined ? 'an object' : formatObjectId(id)} is wanted twice`,
    ...(id === undefined ? {} : { object: id }),
    remedy: 'remove one of the two',
    evidence: [],
  };
}
/** For what was wanted earlier: it waits for no other deployment, and names no lines, which are of files as they were. */
export function standalone({ objects, dependencies }: DesiredState): DesiredState {
  const own = objectKeys(objects);
  return { objects, dependencies: dependencies.filter(({ on }) => own.has(objectKey(on))) };
}
