import { objectId, objectKey } from '@ushadow/kubernetes';
import type { DeployResult, InventoryEntry, ObjectChange, Verdict } from '../deploy-result.ts';
import type { DesiredState } from '../desired-state.ts';
import type { Failure } from '../failure.ts';
import { deleteObjects } from '../prune/delete-objects.ts';
import { byItself } from './by-itself.ts';
import { CANCELLED } from './cancelled.ts';
import { identify, intended, ownedAfter } from './owned-after.ts';
import type { RunContext } from './run-context.ts';
import { inStage } from './run-context.ts';
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
  if (earlier !== undefined) return rollBack({ ...NOTHING, verdict: verdictOf(earlier), failure: earlier }, context);
  const result = await runOnce(desired, context);
  if (context.settings.observeOnly === true) return result;
  if (result.verdict === 'succeeded') return prune(result, context);
  const goesBack =
    (result.verdict === 'failed' && context.settings.rollBackFailures) ||
    (result.verdict === 'cancelled' && !context.leaving.aborted);
  return goesBack ? rollBack(result, context) : left(result, context);
}

function verdictOf(failure: Failure): Verdict {
  return failure.code === CANCELLED.code ? 'cancelled' : 'failed';
}

/** The result of a run that stays where it has got to. */
async function left(result: DeployResult, context: RunContext): Promise<DeployResult> {
  return { ...result, inventory: await ownedAfter(context, result, [], []) };
}

const NOTHING = { causes: [], changes: [], inventory: [] } as const;

/** Deletes what the last good deployment had and this one no longer wants. */
async function prune(result: DeployResult, context: RunContext): Promise<DeployResult> {
  const wanted = new Set(result.changes.map(({ object }) => objectKey(object)));
  const unwanted = (context.settings.inventory ?? []).filter(({ object }) => !wanted.has(objectKey(object)));
  if (unwanted.length === 0) return result;
  if (!context.settings.prune) return { ...result, inventory: [...result.inventory, ...unwanted] };
  if (wanted.size === 0) {
    const message = 'nothing is wanted any more; removing everything must be asked for as a removal';
    context.emit({ type: 'warning', code: 'PRUNE_REFUSED', message });
    return { ...result, inventory: unwanted };
  }
  const deletions = await inStage(context, 'prune', () => deleteObjects(unwanted, 'pruned', context));
  const changes = deletions.deleted.map(({ object, uid }): ObjectChange => ({ object, uid, outcome: 'deleted' }));
  return {
    ...result,
    changes: [...result.changes, ...changes],
    inventory: [...result.inventory, ...deletions.kept],
    ...(deletions.isCutShort ? { isPruneCutShort: true } : {}),
  };
}

/**
 * Restores the last good state, if something was written. Where there is none, a failure is left for inspection; what a
 * cancelled run has made is taken back.
 */
async function rollBack(result: DeployResult, context: RunContext): Promise<DeployResult> {
  const { rollbackTo } = context.settings;
  const { failure } = result;
  const written = result.changes.some(({ outcome }) => WRITTEN.has(outcome)) || context.resumeFrom?.writing === true;
  const hasWay = rollbackTo !== undefined || result.verdict === 'cancelled';
  if (!hasWay || !written || failure === undefined) return left(result, context);
  context.emit({ type: 'stage.started', stage: 'rollback', failure });
  // Otherwise who goes on after us would try the failed state once more.
  await context.told();
  const startedAt = context.clock.now();
  const restored = rollbackTo === undefined ? NOTHING_RESTORED : await restore(rollbackTo, context);
  const leftovers = await createdByFailure(result, rollbackTo, context);
  const isRestored = restored.verdict === 'succeeded';
  const { kept, isCutShort } = isRestored
    ? await deleteObjects(leftovers, 'rolled-back', context)
    : { kept: leftovers, isCutShort: false };
  context.emit({ type: 'stage.ended', stage: 'rollback', ms: context.clock.now() - startedAt });
  const { verdict, failure: cause } = isCutShort ? CUT_SHORT : restored;
  const rollback = verdict === 'succeeded' ? { verdict } : { verdict, failure: rollbackFailure(cause) };
  const gone = leftovers.filter((entry) => !kept.includes(entry));
  return { ...result, rollback, inventory: await ownedAfter(context, result, restored.changes, gone) };
}

const CUT_SHORT = { verdict: 'cancelled', failure: CANCELLED } as const;

const NOTHING_RESTORED: DeployResult = { ...NOTHING, verdict: 'succeeded' };

const WRITTEN: ReadonlySet<string> = new Set(['created', 'configured', 'recreated', 'failed']);

/** The same way as any deployment, with deadlines of its own, waiting for no other one; what the failed revision has made immutable is remade. */
function restore(rollbackTo: DesiredState, context: RunContext): Promise<DeployResult> {
  const { approvedPlan: _plan, inventory: _inventory, rollbackTo: _to, ...settings } = context.settings;
  return runOnce(byItself(rollbackTo), {
    ...context,
    settings: { ...settings, recreate: 'all' },
    ending: context.leaving,
    startedAt: context.clock.now(),
    resumeFrom: undefined,
  });
}

/** What exists only because of the failed revision, this worker's doing or an earlier one's. */
async function createdByFailure(
  result: DeployResult,
  rollbackTo: DesiredState | undefined,
  context: RunContext,
): Promise<InventoryEntry[]> {
  const good = new Set(rollbackTo?.objects.map((object) => objectKey(objectId(object))));
  const created = result.changes.filter(({ outcome }) => outcome === 'created');
  const all = new Map([...intended(result, context), ...created].map((item) => [objectKey(item.object), item]));
  const ours = [...all].filter(([key]) => !good.has(key)).map(([, item]) => identify(item, context));
  return (await Promise.all(ours)).filter((entry) => entry !== undefined);
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
