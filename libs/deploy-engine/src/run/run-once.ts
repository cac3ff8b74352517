import type { DesiredState } from '../desired-state.ts';
import type { DeployResult, InventoryEntry, ObjectChange } from '../deploy-result.ts';
import { buildGraph } from '../graph/apply-graph.ts';
import { passGate } from './gate.ts';
import type { RunContext } from './run-context.ts';
import { inStage } from './run-context.ts';
import { Rollout } from './rollout.ts';

/** Plan, gate, apply, wait: one desired state brought into the cluster, without prune or rollback. */
export async function runOnce(desired: DesiredState, context: RunContext): Promise<DeployResult> {
  const graph = buildGraph(desired);
  if (!graph.ok) return { verdict: 'failed', failure: graph.failure, ...NOTHING };
  const gate = await inStage(context, 'plan', () => passGate(desired.objects, context));
  // Who goes on after us must know what we meant to create, to take it back.
  await context.told();
  if (context.signal.aborted) return { verdict: 'cancelled', failure: CANCELLED, ...NOTHING };
  if (!gate.open) return { verdict: gate.verdict, failure: gate.failure, plan: gate.plan, ...NOTHING };
  const result = await new Rollout(graph.nodes, gate.sight, context).run();
  return { ...result, plan: gate.sight.plan, inventory: inventoryOf(result.changes) };
}

const NOTHING = { causes: [], changes: [], inventory: [] } as const;
const CANCELLED = { code: 'CANCELLED', message: 'the deployment was cancelled', evidence: [] } as const;

function inventoryOf(changes: readonly ObjectChange[]): InventoryEntry[] {
  return changes.flatMap(({ object, uid }) => (uid === undefined ? [] : [{ object, uid }]));
}
