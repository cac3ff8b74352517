import type { KubeObject } from '@ushadow/kubernetes';
import type { DesiredState } from '../desired-state.ts';
import type { DeployResult, InventoryEntry, ObjectChange } from '../deploy-result.ts';
import { buildGraph } from './apply-graph.ts';
import { SourceAttribution } from '../source/source-attribution.ts';
import { passGate } from './gate.ts';
import { noneWritten } from './object-ends.ts';
import { passUnchanged } from './pass-unchanged.ts';
import { OutsideDependencies } from './outside-dependencies.ts';
import type { RunContext } from './run-context.ts';
import { inStage } from './run-context.ts';
import { Rollout } from './rollout.ts';

export interface Attempt {
  readonly result: DeployResult;
  /** The live objects by key, as they were before anything was written. */
  readonly before: ReadonlyMap<string, KubeObject>;
}

/** Plan, gate, apply, wait: one desired state brought into the cluster, without prune or rollback. */
export async function runOnce(desired: DesiredState, context: RunContext): Promise<Attempt> {
  const attribution = new SourceAttribution(desired);
  const attempted = await attempt(desired, { ...context, emit: (event) => context.emit(attribution.event(event)) });
  return { ...attempted, result: attribution.result(attempted.result) };
}

async function attempt(desired: DesiredState, context: RunContext): Promise<Attempt> {
  const graph = buildGraph(desired);
  if (!graph.ok) return nothingTried({ verdict: 'failed', failure: graph.failure, ...NOTHING });
  const pass = context.settings.observeOnly === true ? passUnchanged : passGate;
  const [gate, outside] = await inStage(context, 'plan', () =>
    Promise.all([pass(desired.objects, context), OutsideDependencies.lookUp(desired, context)]),
  );
  // Who goes on after us must know what we meant to create, to take it back.
  await context.recorded();
  if (!gate.open) {
    const { verdict, failure, causes, plan } = gate;
    const states = noneWritten(graph.nodes, plan.problems);
    return nothingTried({ ...NOTHING, verdict, failure, causes, plan, states });
  }
  const result = await new Rollout(graph.nodes, gate.reading, outside, context).run();
  const { plan, live: before } = gate.reading;
  return { result: { ...result, plan, inventory: inventoryOf(result.changes) }, before };
}

function nothingTried(result: DeployResult): Attempt {
  return { result, before: new Map() };
}

const NOTHING = { causes: [], changes: [], states: [], inventory: [] } as const;

function inventoryOf(changes: readonly ObjectChange[]): InventoryEntry[] {
  return changes.flatMap(({ object, uid, outcome }) =>
    uid === undefined || outcome === 'deleted' ? [] : [{ object, uid }],
  );
}
