import { entriesOf, entry, itemsOf, textOf } from '../tree/node.ts';
import type { Node } from '../tree/node.ts';

/** Nodes that one port becomes in long form, and as many that later steps make of it. */
const NODES_PER_PORT = 10;
const RANGE = /^(?:.*:)?(\d{1,5})-(\d{1,5})(?:\/.*)?$/;

/** What the ranges of ports of a model become in long form: a few characters that no count of nodes has seen. */
export function rangeWeight(model: Node): number {
  let ports = 0;
  for (const service of entriesOf(entry(model, 'services')).values()) {
    for (const port of [...itemsOf(entry(service, 'ports')), ...itemsOf(entry(service, 'expose'))]) {
      const [, start, end] = RANGE.exec(textOf(port) ?? '') ?? [];
      ports += Math.max(Number(end ?? 0) - Number(start ?? 0), 0);
    }
  }
  return ports * NODES_PER_PORT;
}
