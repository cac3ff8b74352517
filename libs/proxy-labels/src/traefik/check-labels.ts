import { nearest } from '../nearest.ts';
import type { Find } from '../proxy-reading.ts';
import type { Group, Known } from './known-labels.ts';
import { TRAEFIK } from './known-labels.ts';
import type { LabelNode } from './label-node.ts';
import { flagOf, isInteger } from './values.ts';

/** Whether Traefik would take the labels; it refuses all of a service for one. */
export function areTaken(service: string, tree: LabelNode, find: Find): boolean {
  let taken = true;
  for (const problem of problemsOf(tree, TRAEFIK)) {
    const { node, nearest: near, expected, isIgnored } = problem;
    const { path } = node.first;
    const label = node.key;
    const refused = isIgnored !== true;
    taken &&= !refused;
    if (expected !== undefined) find({ code: 'CMP1414', path, params: { service, label, expected } });
    else if (near === undefined) find({ code: 'CMP1413', path, params: { service, label, refused } });
    else find({ code: 'CMP1412', path, params: { service, label, nearest: near, refused } });
  }
  return taken;
}

interface Problem {
  readonly node: LabelNode;
  readonly nearest?: string | undefined;
  readonly expected?: string;
  /** Traefik does not look at it. */
  readonly isIgnored?: boolean;
}

function* problemsOf(node: LabelNode, known: Known): Generator<Problem> {
  if (known === 'anything') return;
  if (typeof known === 'string') {
    yield* leafProblems(node, known);
  } else if (known.kind === 'group') {
    yield* groupProblems(node, known);
  } else {
    if (node.children.size === 0) yield { node, expected: 'a group of labels' };
    for (const child of node.children.values()) {
      if (child.children.size > 0) yield* problemsOf(child, known.inside);
    }
  }
}

function* leafProblems(node: LabelNode, known: Exclude<Known, object | 'anything'>): Generator<Problem> {
  if (known === 'texts') {
    if (node.children.size === 0) yield { node, expected: 'a group of labels' };
    for (const child of node.children.values()) yield* leafProblems(child, 'text');
    return;
  }
  for (const child of node.children.values()) yield { node: child, isIgnored: known === 'list' && isIndex(child) };
  if (node.children.size > 0) return;
  const text = node.value ?? '';
  if (known === 'flag' && flagOf(text) === undefined) yield { node, expected: 'true or false' };
  if (known === 'integer' && !isInteger(text)) yield { node, expected: 'a whole number' };
}

/** As in `entrypoints[0]`, where Traefik takes commas alone. */
function isIndex({ name, children }: LabelNode): boolean {
  return name.startsWith('[') && children.size === 0;
}

function* groupProblems(node: LabelNode, known: Group): Generator<Problem> {
  if (node.children.size === 0) {
    if (!known.mayBeEmpty) yield { node, expected: 'a group of labels' };
    return;
  }
  const fields = smallFields(known);
  for (const [name, child] of node.children) {
    const field = fields.get(name);
    if (field !== undefined) yield* problemsOf(child, field);
    else yield { node: child, nearest: meant(node, child, known) };
  }
}

/** A field with a name like it, or one of that name a step further in, as `server.port`. */
function meant(node: LabelNode, child: LabelNode, known: Group): string | undefined {
  const near = nearest(child.name, Object.keys(known.fields)) ?? further(child.name.toLowerCase(), known);
  return near === undefined ? undefined : `${node.key}.${near.toLowerCase()}`;
}

function further(name: string, known: Group): string | undefined {
  const outer = Object.entries(known.fields).find(
    ([, field]) => typeof field === 'object' && field.kind === 'group' && smallFields(field).has(name),
  );
  return outer === undefined ? undefined : `${outer[0]}.${name}`;
}

const SMALL = new WeakMap<Group, ReadonlyMap<string, Known>>();

function smallFields(known: Group): ReadonlyMap<string, Known> {
  const made =
    SMALL.get(known) ?? new Map(Object.entries(known.fields).map(([name, field]) => [name.toLowerCase(), field]));
  SMALL.set(known, made);
  return made;
}
