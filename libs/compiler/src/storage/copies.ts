import type { DesignedService } from '../model/design.ts';

/** How many pods of a service there are at a time. */
export function copiesOf({ kind, replicas, autoscale }: DesignedService): 'one' | 'many' {
  return kind === 'per-node' || autoscale !== undefined || (replicas ?? 1) > 1 ? 'many' : 'one';
}

export function isOnEveryNode(designed: DesignedService | undefined): boolean {
  return designed?.kind === 'per-node';
}
