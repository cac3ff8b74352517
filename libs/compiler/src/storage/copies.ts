import type { GroupedService } from '../model/design.ts';

/** How many pods of a service there are at a time. */
export function copiesOf({ kind, replicas, autoscale }: GroupedService): 'one' | 'many' {
  return kind === 'per-node' || autoscale !== undefined || (replicas ?? 1) > 1 ? 'many' : 'one';
}

export function isOnEveryNode(designed: GroupedService | undefined): boolean {
  return designed?.kind === 'per-node';
}
