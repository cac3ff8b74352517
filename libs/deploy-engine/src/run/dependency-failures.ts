import type { ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, objectKey } from '@ushadow/kubernetes';
import type { Cause, Failure } from '@ushadow/diagnose';
import type { ObjectChange } from '../deploy-result.ts';
import type { GraphNode } from './apply-graph.ts';

/** Objects that were never written because of the one that failed, each pointing at it. */
export function skippedCauses(
  nodes: readonly GraphNode[],
  changes: readonly ObjectChange[],
  failure: Failure,
  now: number,
): Cause[] {
  const root = failure.object;
  if (root === undefined) return [];
  const skipped = new Set(
    changes.filter(({ outcome }) => outcome === 'skipped').map(({ object }) => objectKey(object)),
  );
  const behind = dependents(nodes, objectKey(root));
  return nodes
    .filter(({ key }) => skipped.has(key) && behind.has(key))
    .map(({ id }) => causeOf(id, root, failure, now));
}

/** Everything that waits for an object, directly or not. */
function dependents(nodes: readonly GraphNode[], root: string): ReadonlySet<string> {
  const found = new Set([root]);
  for (const { key, edges } of [...nodes].sort((a, b) => a.depth - b.depth)) {
    if (edges.some(({ on }) => found.has(on))) found.add(key);
  }
  found.delete(root);
  return found;
}

function causeOf(object: ObjectId, root: ObjectId, { code }: Failure, now: number): Cause {
  return {
    id: `${objectKey(object)}//dependency`,
    code: 'DEPENDENCY_FAILED',
    severity: 'warning',
    message: `not written: it waits for ${formatObjectId(root)}, which failed`,
    object,
    remedy: `put ${formatObjectId(root)} right`,
    evidence: [{ kind: 'field', path: formatObjectId(root), value: code }],
    firstSeen: now,
    lastSeen: now,
    observations: 1,
  };
}
