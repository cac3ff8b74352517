import { below, pathRules } from '../tree/path-rules.ts';
import { rewriteTree } from '../tree/rewrite.ts';
import type { Rewrite } from '../tree/rewrite.ts';
import type { Node } from '../tree/node.ts';
import { uniqueBy } from './unique.ts';
import {
  keyOfAssignment,
  keyOfDevice,
  keyOfEnvFile,
  keyOfExpose,
  keyOfGrant,
  keyOfPort,
  keyOfVolume,
} from './unique-keys.ts';
import type { UniqueKey } from './unique-keys.ts';

/** Lists in which an entry replaces an earlier one with the same key. */
const UNIQUE: readonly (readonly [string, UniqueKey])[] = [
  ...below<UniqueKey>(
    ['services.*'],
    [
      ['annotations', keyOfAssignment],
      ['build.args', keyOfAssignment],
      ['build.additional_contexts', keyOfAssignment],
      ['build.tags', keyOfAssignment],
      ['build.labels', keyOfAssignment],
      ['cap_add', keyOfAssignment],
      ['cap_drop', keyOfAssignment],
      ['configs', keyOfGrant('')],
      ['deploy.labels', keyOfAssignment],
      ['devices', keyOfDevice],
      ['dns', keyOfAssignment],
      ['dns_opt', keyOfAssignment],
      ['dns_search', keyOfAssignment],
      ['env_file', keyOfEnvFile],
      ['environment', keyOfAssignment],
      ['expose', keyOfExpose],
      ['labels', keyOfAssignment],
      ['links', keyOfAssignment],
      ['networks.*.aliases', keyOfAssignment],
      ['networks.*.link_local_ips', keyOfAssignment],
      ['ports', keyOfPort],
      ['profiles', keyOfAssignment],
      ['secrets', keyOfGrant('/run/secrets')],
      ['sysctls', keyOfAssignment],
      ['tmpfs', keyOfAssignment],
      ['volumes', keyOfVolume],
    ],
  ),
  ['networks.*.labels', keyOfAssignment],
];

const uniqueRules = pathRules<Rewrite<undefined>>(
  UNIQUE.map(([pattern, keyOf]) => [
    pattern,
    (node) => {
      if (node.kind !== 'seq') return node;
      const items = uniqueBy(node.items, keyOf);
      return items.length === node.items.length ? node : { ...node, items };
    },
  ]),
);

/** Removes the entries of lists that a later entry redefines. */
export function enforceUnique(root: Node): Node {
  return rewriteTree(root, uniqueRules, undefined) ?? root;
}
