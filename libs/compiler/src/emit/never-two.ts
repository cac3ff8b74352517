import type { PlannedService } from '../model/plan.ts';
import type { EmitContext } from './emit-context.ts';
import { settle } from './sourced.ts';
import { strategy } from './workload.ts';

/** There is never a second pod beside the first: one of a set, or one replica that is gone before the next comes. */
export function hasNeverTwo(planned: PlannedService, context: EmitContext): boolean {
  if (planned.autoscale !== undefined || planned.replicas !== 1) return false;
  if (planned.kind === 'stateful') return true;
  return planned.kind === 'replicated' && replacesFirst(planned, context);
}

function replacesFirst(planned: PlannedService, context: EmitContext): boolean {
  const { strategy: chosen } = settle({ strategy: strategy(planned, context) }).value;
  return (chosen as { readonly type?: unknown } | undefined)?.type === 'Recreate';
}
