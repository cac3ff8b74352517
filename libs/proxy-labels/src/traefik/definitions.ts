import type { LabelledService } from '../labelled-service.ts';
import type { Find } from '../proxy-reading.ts';
import type { LabelNode } from './label-node.ts';

/** A router, service or middleware, with the Compose service whose labels define it. */
export interface Definition {
  readonly owner: LabelledService;
  readonly node: LabelNode;
}

/** All of one kind in the project, by their names. Names are told apart by case. */
export class Definitions {
  readonly #kind: string;
  readonly #byName = new Map<string, Definition[]>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  add(definition: Definition): void {
    const { name } = definition.node;
    const known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, [definition]);
    else known.push(definition);
  }

  get(name: string): Definition | 'twice' | undefined {
    const found = this.#byName.get(name);
    return found === undefined || found.length === 1 ? found?.[0] : 'twice';
  }

  /** Drops what is the same by `contentOf`, and says what is not. */
  settle(contentOf: (definition: Definition) => string, find: Find): void {
    for (const [name, found] of this.#byName) {
      const [first, ...others] = found;
      if (first === undefined || others.length === 0) continue;
      const content = contentOf(first);
      const different = others.find((other) => contentOf(other) !== content);
      if (different === undefined) {
        found.length = 1;
      } else {
        const services = [...new Set(found.map(({ owner }) => owner.name))];
        const { path } = different.node.first;
        find({ code: 'CMP1410', path, params: { kind: this.#kind, name, services } });
      }
    }
  }
}

/** All that is said below a node, whatever its order. */
export function contentOf(root: LabelNode): string {
  const said: string[] = [];
  const open: (readonly [string, LabelNode])[] = [['', root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, node] = next;
    if (node.value !== undefined) said.push(JSON.stringify([key, node.value]));
    for (const [name, child] of node.children) open.push([`${key}.${name}`, child]);
  }
  return said.sort().join();
}
