import type { Find } from '../proxy-reading.ts';
import type { RouteFilter } from '../route-filter.ts';
import type { Definitions } from './definitions.ts';
import { filtersOf } from './filters-of.ts';
import type { LabelNode } from './label-node.ts';
import { within } from './label-node.ts';
import { providerOf } from './provider.ts';
import { listOf } from './values.ts';

/** Of a router or a chain, taken apart: what is made of labels must not outgrow them. */
export const FILTERS_MAX = 64;
const DEPTH_MAX = 64;

/** Why a router cannot use a middleware. */
export type Unusable =
  | { readonly kind: 'many' }
  /** Said at the middleware. */
  | { readonly kind: 'broken' };

export type Filters = readonly RouteFilter[] | Unusable;

export function isUnusable(filters: Filters): filters is Unusable {
  return 'kind' in filters;
}

/** Middlewares by their names, each read once. */
export class Middlewares {
  readonly #definitions: Definitions;
  readonly #find: Find;
  readonly #read = new Map<string, Filters>();
  /** The chains that are being taken apart. */
  readonly #open = new Set<string>();

  constructor(definitions: Definitions, find: Find) {
    this.#definitions = definitions;
    this.#find = find;
  }

  /** What they do, one after the other; `path` is the label that names them. */
  all(names: readonly string[], path: string): Filters {
    const filters: RouteFilter[] = [];
    for (const name of names) {
      const some = this.#one(name, path);
      if (isUnusable(some)) return some;
      filters.push(...some);
      if (filters.length > FILTERS_MAX) return { kind: 'many' };
    }
    return filters;
  }

  /** What is not defined here stays, by its name: without it the requests would go to whatever route takes them too. */
  #one(written: string, path: string): Filters {
    const { name, provider } = providerOf(written);
    const elsewhere: RouteFilter = { kind: 'other', type: written, name: written, path };
    if (provider === 'other') return [elsewhere];
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const definition = this.#definitions.get(name);
    if (definition === undefined) return [written === name ? { ...elsewhere, undefined: true } : elsewhere];
    const made =
      definition === 'twice' ? ({ kind: 'broken' } as const) : this.#made(definition.node, definition.owner.name);
    this.#read.set(name, made);
    return made;
  }

  #made(node: LabelNode, service: string): Filters {
    const chain = node.children.size === 1 ? within(node, 'chain') : undefined;
    const filters = chain === undefined ? filtersOf(node) : this.#chained(node.name, chain);
    if (typeof filters !== 'string') return filters;
    this.#find({
      code: 'CMP1409',
      path: node.first.path,
      params: { service, middleware: node.name, reason: filters },
    });
    return { kind: 'broken' };
  }

  #chained(name: string, chain: LabelNode): Filters | string {
    if (this.#open.has(name)) return 'is part of itself';
    if (this.#open.size === DEPTH_MAX) return `is nested more than ${DEPTH_MAX} deep`;
    this.#open.add(name);
    const filters = this.all(listOf(within(chain, 'middlewares')), chain.first.path);
    this.#open.delete(name);
    return isUnusable(filters) && filters.kind === 'many' ? `comes to more than ${FILTERS_MAX}` : filters;
  }
}
