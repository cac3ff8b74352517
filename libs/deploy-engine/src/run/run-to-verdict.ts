import { KubernetesApiError, objectId, objectKey } from '@ushadow/kubernetes';
import type { CreatedObject } from '../checkpoint.ts';
import type { DeployResult, InventoryEntry, ObjectChange } from '../deploy-result.ts';
import type { DesiredState } from '../desired-state.ts';
import type { Failure } from '../failure.ts';
import { objectKeys } from '../graph/apply-graph.ts';
import { ownedFields } from '../plan/field-ownership.ts';
import { deleteObjects } from '../prune/delete-objects.ts';
import type { RunContext } from './run-context.ts';
import { callOptions, inStage } from './run-context.ts';
import { runOnce } from './run-once.ts';

/** The whole of a deployment: one attempt, then prune after success or rollback after failure. */
export async function runToVerdict(desired: DesiredState, context: RunContext): Promise<DeployResult> {
  const result = await runAll(desired, context);
  const { verdict, failure } = result;
  context.emit({ type: 'verdict', verdict, ...(failure === undefined ? {} : { failure }) });
  return result;
}

async function runAll(desired: DesiredState, context: RunContext): Promise<DeployResult> {
  const earlier = context.resumeFrom?.rollingBack;
  if (earlier !== undefined) return rollBack({ ...NOTHING, verdict: 'failed', failure: earlier }, context);
  const result = await runOnce(desired, context);
  if (context.settings.observeOnly === true) return result;
  if (result.verdict === 'succeeded') return prune(result, context);
  return result.verdict === 'failed' ? rollBack(result, context) : result;
}

const NOTHING = { causes: [], changes: [], inventory: [] } as const;

/** Deletes what the last good deployment had and this one no longer wants. */
async function prune(result: DeployResult, context: RunContext): Promise<DeployResult> {
  const wanted = new Set(result.changes.map(({ object }) => objectKey(object)));
  const unwanted = (context.settings.inventory ?? []).filter(({ object }) => !wanted.has(objectKey(object)));
  if (unwanted.length === 0) return result;
  if (wanted.size === 0) {
    const message = 'nothing is wanted any more; removing everything must be asked for as a removal';
    context.emit({ type: 'warning', code: 'PRUNE_REFUSED', message });
    return { ...result, inventory: unwanted };
  }
  const { deleted, kept } = await inStage(context, 'prune', () => deleteObjects(unwanted, 'pruned', context));
  const changes = deleted.map(({ object, uid }): ObjectChange => ({ object, uid, outcome: 'deleted' }));
  return { ...result, changes: [...result.changes, ...changes], inventory: [...result.inventory, ...kept] };
}

/** Restores the last good state, where there is one and something was written. */
async function rollBack(result: DeployResult, context: RunContext): Promise<DeployResult> {
  const { rollbackTo } = context.settings;
  const written = result.changes.some(({ outcome }) => WRITTEN.has(outcome)) || context.resumeFrom?.writing === true;
  if (rollbackTo === undefined || !written || result.failure === undefined) return result;
  const { failure } = result;
  context.emit({ type: 'stage.started', stage: 'rollback', failure });
  const startedAt = context.clock.now();
  const restored = await restore(rollbackTo, context);
  const leftovers = await createdByFailure(result.changes, rollbackTo, context);
  if (restored.verdict === 'succeeded') await deleteObjects(leftovers, 'rolled-back', context);
  context.emit({ type: 'stage.ended', stage: 'rollback', ms: context.clock.now() - startedAt });
  const { verdict } = restored;
  const rollback = verdict === 'succeeded' ? { verdict } : { verdict, failure: rollbackFailure(restored.failure) };
  const inventory = verdict === 'succeeded' ? restored.inventory : [...result.inventory, ...leftovers];
  return { ...result, rollback, inventory };
}

const WRITTEN: ReadonlySet<string> = new Set(['created', 'configured', 'recreated', 'failed']);

/** The same way as any deployment, with deadlines of its own; what the failed revision has made immutable is remade. */
function restore(rollbackTo: DesiredState, context: RunContext): Promise<DeployResult> {
  const { approvedPlan: _plan, inventory: _inventory, rollbackTo: _to, ...settings } = context.settings;
  return runOnce(byItself(rollbackTo), {
    ...context,
    settings: { ...settings, recreate: 'all' },
    startedAt: context.clock.now(),
    resumeFrom: undefined,
  });
}

/** Going back does not wait for other deployments, and names no lines: those are of files as they were then. */
function byItself({ objects, dependencies }: DesiredState): DesiredState {
  const own = objectKeys(objects);
  return { objects, dependencies: dependencies.filter(({ on }) => own.has(objectKey(on))) };
}

/** What exists only because of the failed revision, this worker's doing or an earlier one's. */
async function createdByFailure(
  changes: readonly ObjectChange[],
  rollbackTo: DesiredState,
  context: RunContext,
): Promise<InventoryEntry[]> {
  const good = new Set(rollbackTo.objects.map((object) => objectKey(objectId(object))));
  const created = changes.filter(({ outcome }) => outcome === 'created');
  const all = new Map(
    [...(context.resumeFrom?.created ?? []), ...created].map((item) => [objectKey(item.object), item]),
  );
  const ours = [...all].filter(([key]) => !good.has(key)).map(([, item]) => identify(item, context));
  return (await Promise.all(ours)).filter((entry) => entry !== undefined);
}

/** Finds the uid of an object that was meant to be created; undefined when it is not there, or not made by us. */
async function identify({ object, uid }: CreatedObject, context: RunContext): Promise<InventoryEntry | undefined> {
  if (uid !== undefined) return { object, uid };
  const live = await context.cluster.get(object, callOptions(context)).catch((error: unknown) => {
    if (error instanceof KubernetesApiError) return undefined;
    throw error;
  });
  if (live?.metadata.uid === undefined || ownedFields(live, context.settings.manager) === '') return undefined;
  return { object, uid: live.metadata.uid };
}

function rollbackFailure(cause: Failure | undefined): Failure {
  return {
    code: 'ROLLBACK_FAILED',
    message: `the last good state could not be restored: ${cause?.message ?? 'it was not reached'}`,
    ...(cause?.object === undefined ? {} : { object: cause.object }),
    ...(cause?.remedy === undefined ? {} : { remedy: cause.remedy }),
    evidence: cause?.evidence ?? [],
  };
}
