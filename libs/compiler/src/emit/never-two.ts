import type { DesignedService } from '../model/design.ts';

/** There is never a second pod beside the first: one of a set, or one replica that is gone before the next comes. */
export function hasNeverTwo({ autoscale, replicas, kind, alone }: DesignedService): boolean {
  if (autoscale !== undefined || replicas !== 1) return false;
  return kind === 'stateful' || (kind === 'replicated' && alone);
}
