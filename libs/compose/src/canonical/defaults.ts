import { map, scalar, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node, ScalarNode } from '../tree/node.ts';
import { pathRules } from '../tree/path-rules.ts';
import { rewriteTree } from '../tree/rewrite.ts';
import type { Rewrite } from '../tree/rewrite.ts';

type Fill = Rewrite<undefined>;

/** Fills in what Compose itself fills in when a key is absent. */
export function fillDefaults(root: MapNode): MapNode {
  const result = rewriteTree(root, defaultRules, undefined);
  return result?.kind === 'map' ? result : root;
}

function withDefault(node: Node, key: string, value: ScalarNode['value']): Node {
  return node.kind === 'map' && !node.entries.has(key) ? withEntry(node, key, scalar(value, node.at)) : node;
}

const buildContext: Fill = (node) => withDefault(node, 'context', '.');

const secretTarget: Fill = (node) =>
  node.kind === 'map' ? withDefault(node, 'target', `/run/secrets/${textOf(node.entries.get('source')) ?? ''}`) : node;

const port: Fill = (node) => withDefault(withDefault(node, 'protocol', 'tcp'), 'mode', 'ingress');

const allDevices: Fill = (node) =>
  node.kind === 'map' && !node.entries.has('device_ids') ? withDefault(node, 'count', 'all') : node;

const hostPath: Fill = (node) => withDefault(node, 'create_host_path', true);

const emptyMapping: Fill = (node) => (node.kind === 'scalar' && node.value === null ? map([], node.at) : node);

const defaultRules = pathRules<Fill>([
  ['services.*.build', buildContext],
  ['services.*.secrets.*', secretTarget],
  ['services.*.ports.*', port],
  ['services.*.gpus.*', allDevices],
  ['services.*.volumes.*.bind', hostPath],
  ['services.*.deploy.resources.reservations.devices.*', allDevices],
  ['services.*.deploy', emptyMapping],
]);
