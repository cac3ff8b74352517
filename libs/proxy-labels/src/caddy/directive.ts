import type { Entry } from '../labelled-service.ts';

/** A directive of a Caddyfile, as labels say it: dots nest, `1_name` orders, `name_1` tells equal ones apart. */
export interface Directive {
  readonly name: string;
  readonly args: string;
  readonly first: Entry;
  readonly inner: readonly Directive[];
}

interface Growing {
  readonly name: string;
  readonly order: number;
  readonly first: Entry;
  args: string;
  readonly inner: Map<string, Growing>;
}

/** The sites of a service: the directives of `caddy`, of `caddy_0` and so on. */
export function sitesOf(labels: readonly Entry[]): readonly Directive[] {
  const sites = new Map<string, Growing>();
  for (const label of labels) {
    const [root = '', ...names] = label.key.split('.');
    if (!/^caddy(?:_\d+)?$/.test(root)) continue;
    let at = open(sites, root, label);
    for (const name of names) at = open(at.inner, name, label);
    at.args = label.value.trim();
  }
  return [...sites.values()].map(closed);
}

function open(among: Map<string, Growing>, key: string, first: Entry): Growing {
  const known = among.get(key);
  if (known !== undefined) return known;
  const [, order = 'Infinity', name = key] = /^(?:(\d+)_)?(.*?)(?:_\d+)?$/.exec(key) ?? [];
  const made: Growing = { name, order: Number(order), first, args: '', inner: new Map() };
  among.set(key, made);
  return made;
}

/** Deeper than any Caddyfile. */
const DEPTH_MAX = 16;

function closed({ name, args, first, inner }: Growing): Directive {
  return { name, args, first, inner: innerOf(inner, 1) };
}

function innerOf(inner: ReadonlyMap<string, Growing>, depth: number): readonly Directive[] {
  if (depth > DEPTH_MAX) return [];
  return [...inner.values()]
    .sort((a, b) => (a.order === b.order ? 0 : a.order - b.order))
    .map((one) => ({ name: one.name, args: one.args, first: one.first, inner: innerOf(one.inner, depth + 1) }));
}
