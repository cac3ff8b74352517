import type { KubeObject, ObjectId, RequiredObject } from '@ushadow/kubernetes';
import { depthsOf, formatObjectId, inApplyOrder, objectId, objectKey, requiredObjects } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { DependencyCondition, DesiredState } from '../desired-state.ts';

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
  const objects = inApplyOrder(desired.objects, objectId);
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  if (byKey.size < objects.length) return { ok: false, failure: duplicate(objects) };
  const edges = new Map([...requiredObjects(objects)].map(([key, required]) => [key, required.map(edgeTo)]));
  for (const { object, on, condition } of desired.dependencies) {
    if (byKey.has(objectKey(on))) edges.get(objectKey(object))?.push({ on: objectKey(on), condition });
  }
  const found = depthsOf(edges);
  if (!found.ok) return { ok: false, failure: cyclic(found.cycle, byKey) };
  const nodes = objects.map((object) => {
    const key = keyOf(object);
    return { key, id: objectId(object), object, edges: edges.get(key) ?? [], depth: found.depths.get(key) ?? 0 };
  });
  return { ok: true, nodes };
}

function edgeTo({ key, by }: RequiredObject): Edge {
  return by === 'kind' ? { on: key, condition: 'ready' } : { on: key, condition: 'applied', isLate: by === 'pods' };
}

export function objectKeys(objects: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(objects.map(keyOf));
}

function keyOf(object: KubeObject): string {
  return objectKey(objectId(object));
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
