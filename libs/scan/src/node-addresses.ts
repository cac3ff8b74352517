import type { NodeView } from './view/node-view.ts';
import type { ServiceView } from './view/service-view.ts';
import type { SliceView } from './view/slice-view.ts';
import { keyOf } from './view/view-reader.ts';

/** Which node's address stands for a Service's node ports; the same one for the same nodes. */
export class NodeAddresses {
  readonly #nodes: readonly NodeView[];
  readonly #slices: ReadonlyMap<string, readonly SliceView[]>;

  constructor(nodes: readonly NodeView[], slices: ReadonlyMap<string, readonly SliceView[]>) {
    this.#nodes = [...nodes].sort((a, b) => Number(b.ready) - Number(a.ready) || compare(a.name, b.name));
    this.#slices = slices;
  }

  /** Undefined when there is no node with an address, or none may be seen. */
  of({ namespace, name, local }: ServiceView): string | undefined {
    const hosts = local ? this.#slices.get(keyOf(namespace, name))?.flatMap((slice) => slice.nodes) : undefined;
    const host = hosts === undefined ? undefined : this.#nodes.find((node) => hosts.includes(node.name));
    return (host ?? this.#nodes[0])?.address;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
