import type { Entry } from '../labelled-service.ts';

/** A directive of a Caddyfile, as labels say it: dots nest, `1_name` orders, `name_1` tells equal ones apart. */
export interface Directive {
  readonly name: string;
  /** With its number. */
  readonly key: string;
  readonly args: string;
  readonly first: Entry;
  readonly inner: readonly Directive[];
}

interface Growing {
  readonly name: string;
  readonly key: string;
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
  return [...sites.values()].map((site) => closed(site));
}

function open(among: Map<string, Growing>, key: string, first: Entry): Growing {
  const known = among.get(key);
  if (known !== undefined) return known;
  const [, order = 'Infinity', name = key] = /^(?:(\d+)_)?(.*?)(?:_\d+)?$/.exec(key) ?? [];
  const made: Growing = { name, key, order: Number(order), first, args: '', inner: new Map() };
  among.set(key, made);
  return made;
}

/** Deeper than any Caddyfile. */
const DEPTH_MAX = 16;

function closed({ name, key, args, first, inner }: Growing, depth = 0): Directive {
  const further = depth === DEPTH_MAX ? [] : [...inner.values()];
  const ordered = further.sort((a, b) => (a.order === b.order ? 0 : a.order - b.order));
  return { name, key, args, first, inner: ordered.map((one) => closed(one, depth + 1)) };
}
