import { listAt, textAt } from './read-json.ts';

/** What a scan keeps of a node that has an address. */
export interface NodeView {
  readonly name: string;
  readonly ready: boolean;
  readonly address: string;
}

const byPreference = ['InternalIP', 'ExternalIP', 'Hostname'];

/** Undefined for a node without an address. */
export function readNode(node: unknown): NodeView | undefined {
  const addresses = listAt(node, 'status', 'addresses');
  const address = byPreference
    .map((type) => addresses.find((one) => textAt(one, 'type') === type))
    .map((one) => textAt(one, 'address'))
    .find((one) => one !== undefined);
  if (address === undefined) return undefined;
  const ready = listAt(node, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
  return { name: textAt(node, 'metadata', 'name') ?? '', ready, address };
}
