import type { PlannedService } from '../model/design.ts';

/** How many pods of a service there are at a time. */
export function copiesOf({ kind, replicas, autoscale }: PlannedService): 'one' | 'many' {
  return kind === 'per-node' || autoscale !== undefined || (replicas ?? 1) > 1 ? 'many' : 'one';
}

export function isOnEveryNode(planned: PlannedService | undefined): boolean {
  return planned?.kind === 'per-node';
}
