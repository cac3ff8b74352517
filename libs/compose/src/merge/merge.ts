import type { Report } from '../diagnostics/report.ts';
import { fingerprint, map, scalar, withEntries } from '../tree/node.ts';
import type { MapNode, Node, SeqNode } from '../tree/node.ts';
import type { PathRules } from '../tree/path-rules.ts';
import type { Path } from '../tree/rewrite.ts';
import { keyOfAssignment } from './unique-keys.ts';
import { formatValue } from './format-value.ts';
import { mergeRules, type MergeRule } from './merge-rules.ts';
import { uniqueBy } from './unique.ts';

type Strategy = (base: Node, over: Node, step: Step) => Node;

interface Step {
  readonly rules: PathRules<MergeRule> | undefined;
  readonly path: Path;
  readonly report: Report;
}

/** Lays `over` on `base` by the merge rules of the place `path`. What cannot be merged is reported, and `over` wins. */
export function mergeNodes(base: Node, over: Node, report: Report, path: Path = []): Node {
  let rules: PathRules<MergeRule> | undefined = mergeRules;
  for (const step of path) rules = rules?.down(step);
  return merge(base, over, { rules, path, report });
}

function merge(base: Node, over: Node, step: Step): Node {
  const rule = step.rules?.rule;
  if (rule) return STRATEGIES[rule](base, over, step);
  if (over.kind === 'scalar' && over.value === null) return base;
  if (base.kind === 'map') return over.kind === 'map' ? mergeEntries(base, over, step) : mismatch(over, step);
  if (base.kind === 'seq') return over.kind === 'seq' ? append(base, over) : mismatch(over, step);
  return over;
}

function mergeEntries(base: MapNode, over: MapNode, { rules, path, report }: Step): MapNode {
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const existing = entries.get(key);
    const step = { rules: rules?.down(key), path: [...path, key], report };
    entries.set(key, existing ? merge(existing, value, step) : value);
  }
  const keysAt = new Map([...(base.keysAt ?? []), ...(over.keysAt ?? [])]);
  return { ...withEntries(base, entries), keysAt };
}

function mismatch(over: Node, { path, report }: Step): Node {
  report.add('CPS0501', { key: path.join('.') }, path, over.at);
  return over;
}

/** Entries that are exactly the same as an earlier one are left out. */
function append(base: SeqNode, over: SeqNode): SeqNode {
  const seen = new Set(base.items.map(fingerprint));
  const added = over.items.filter((item) => {
    const print = fingerprint(item);
    if (seen.has(print)) return false;
    seen.add(print);
    return true;
  });
  return { ...base, items: [...base.items, ...added] };
}

/** A mapping, a list or a single text as a list of texts (`KEY=value`, `KEY`), sorted when it was a mapping. */
function asList(node: Node): SeqNode {
  if (node.kind === 'seq') return node;
  if (node.kind === 'scalar') return { kind: 'seq', items: node.value === null ? [] : [node], at: node.at };
  const items = [...node.entries].flatMap(([key, value]) => assignmentsOf(key, value));
  items.sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));
  return { kind: 'seq', items, at: node.at };
}

function assignmentsOf(key: string, value: Node): (Node & { kind: 'scalar' })[] {
  if (value.kind === 'seq') return value.items.flatMap((item) => assignmentsOf(key, item));
  if (value.kind === 'map') return [];
  if (value.value === null) return [scalar(key, value.at)];
  const text = `${key}=${formatValue(value)}`;
  if (value.template === undefined) return [scalar(text, value.at)];
  return [{ ...scalar(text, value.at), template: `${key.replaceAll('$', '$$$$')}=${value.template}` }];
}

/** A list of names as a mapping to defaults; a mapping stays. */
function asMapping(node: Node, defaults: (at: Node) => Node): MapNode | undefined {
  if (node.kind === 'map') return node;
  const names = node.kind === 'seq' ? node.items : [node];
  const entries: [string, Node][] = [];
  for (const name of names) {
    if (name.kind !== 'scalar') return undefined;
    if (typeof name.value === 'string') entries.push([name.value, defaults(name)]);
    else if (name.value !== null) return undefined;
  }
  return map(entries, node.at);
}

export function startedDependency({ at }: Node): Node {
  return map(
    [
      ['condition', scalar('service_started', at)],
      ['required', scalar(true, at)],
    ],
    at,
  );
}

export function nothing({ at }: Node): Node {
  return scalar(null, at);
}

function mergeAsMappings(defaults: (at: Node) => Node): Strategy {
  return (base, over, step) => {
    const [left, right] = [asMapping(base, defaults), asMapping(over, defaults)];
    return left && right ? mergeEntries(left, right, step) : mismatch(over, step);
  };
}

function asBuild(node: Node): MapNode | undefined {
  if (node.kind === 'scalar') return map(node.value === null ? [] : [['context', node]], node.at);
  return node.kind === 'map' ? node : undefined;
}

const STRATEGIES: Record<MergeRule, Strategy> = {
  replace: (_base, over) => over,
  append: (base, over) => append(asList(base), asList(over)),
  assignments: (base, over) => {
    const joined = [...asList(base).items, ...asList(over).items];
    return { kind: 'seq', items: uniqueBy(joined, keyOfAssignment), at: over.at };
  },
  build: (base, over, step) => {
    const [left, right] = [asBuild(base), asBuild(over)];
    return left && right ? mergeEntries(left, right, step) : mismatch(over, step);
  },
  dependencies: mergeAsMappings(startedDependency),
  names: mergeAsMappings(nothing),
  logging: (base, over, step) => {
    if (base.kind !== 'map' || over.kind !== 'map') return mismatch(over, step);
    const [before, after] = [base.entries.get('driver'), over.entries.get('driver')];
    const same = !before || !after || fingerprint(before) === fingerprint(after);
    return same ? mergeEntries(base, over, step) : over;
  },
  limit: (base, over, step) => (base.kind === 'map' && over.kind === 'map' ? mergeEntries(base, over, step) : over),
  'address pools': (base, over, step) => {
    if (base.kind !== 'seq' || over.kind !== 'seq') return mismatch(over, step);
    return { ...base, items: mergePools(base.items, over.items, step) };
  },
};

/** Pools with the same subnet merge; others are added. */
function mergePools(base: readonly Node[], over: readonly Node[], step: Step): readonly Node[] {
  const pools = new Map<string, Node>();
  for (const pool of [...base, ...over]) {
    const subnet = pool.kind === 'map' ? pool.entries.get('subnet') : undefined;
    const key = subnet ? fingerprint(subnet) : '';
    const existing = pools.get(key);
    const both = existing?.kind === 'map' && pool.kind === 'map';
    pools.set(key, both ? mergeEntries(existing, pool, { ...step, rules: undefined }) : pool);
  }
  return [...pools.values()];
}
