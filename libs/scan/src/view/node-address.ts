import { listAt, textAt } from './read-json.ts';

const byPreference = ['InternalIP', 'ExternalIP', 'Hostname'];

/** An address of a ready node, the same one for the same nodes; undefined when there is none or none may be seen. */
export function nodeAddress(nodes: readonly unknown[]): string | undefined {
  const candidates = nodes.map((node) => ({
    name: textAt(node, 'metadata', 'name') ?? '',
    ready: listAt(node, 'status', 'conditions').some(
      (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
    ),
    address: addressOf(node),
  }));
  const usable = candidates.filter((candidate) => candidate.address !== undefined);
  usable.sort((a, b) => Number(b.ready) - Number(a.ready) || compare(a.name, b.name));
  return usable[0]?.address;
}

function addressOf(node: unknown): string | undefined {
  const addresses = listAt(node, 'status', 'addresses');
  return byPreference
    .map((type) => addresses.find((address) => textAt(address, 'type') === type))
    .map((address) => textAt(address, 'address'))
    .find((address) => address !== undefined);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
