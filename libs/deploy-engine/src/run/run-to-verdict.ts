import { objectId, objectKey } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { DeployResult, InventoryEntry, ObjectChange, Verdict } from '../deploy-result.ts';
import type { DesiredState } from '../desired-state.ts';
import { deleteObjects } from '../prune/delete-objects.ts';
import { isKeptAside } from '../prune/kept-aside.ts';
import { isReplacedInKind } from '../prune/replaced-in-kind.ts';
import { standalone } from './apply-graph.ts';
import { CANCELLED } from '../deploy-result.ts';
import { identify, intended, ownedAfter } from './owned-after.ts';
import { markClaims } from './mark-claims.ts';
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
  if (earlier !== undefined) {
    const states = context.resumeFrom?.states ?? [];
    return rollBack({ ...NOTHING, verdict: verdictOf(earlier), failure: earlier, states }, context);
  }
  const { result: attempted, before } = await runOnce(desired, context);
  if (context.settings.observeOnly === true) return attempted;
  const isLooking = attempted.verdict !== 'unknown' && !context.leaving.aborted;
  const result = isLooking ? await markClaims(desired.objects, before, attempted, context) : attempted;
  if (result.verdict === 'succeeded') return prune(desired, result, context);
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

const NOTHING = { causes: [], changes: [], states: [], inventory: [] } as const;

/** Deletes what the last good deployment had and this one no longer wants, or has in another kind. */
async function prune(desired: DesiredState, attempted: DeployResult, context: RunContext): Promise<DeployResult> {
  const wanted = new Set(attempted.changes.map(({ object }) => objectKey(object)));
  const others = (context.settings.inventory ?? []).filter(({ object }) => !wanted.has(objectKey(object)));
  const [aside, unwanted] = partition(others, ({ object }) => isKeptAside(object, desired.objects, context.settings));
  const result = { ...attempted, inventory: [...attempted.inventory, ...aside] };
  if (unwanted.length === 0) return result;
  const [going, staying] = partition(
    unwanted,
    ({ object }) => context.settings.prune || isReplacedInKind(object, desired.objects),
  );
  if (going.length === 0) return { ...result, inventory: [...result.inventory, ...staying] };
  if (wanted.size === 0) {
    const message = 'nothing is wanted any more; removing everything must be asked for as a removal';
    context.emit({ type: 'warning', code: 'PRUNE_REFUSED', message });
    return { ...result, inventory: [...aside, ...unwanted] };
  }
  const deletions = await inStage(context, 'prune', () => deleteObjects(going, 'pruned', context));
  const unpruned = [...deletions.refused, ...deletions.taken];
  const changes = deletions.deleted.map(({ object, uid }): ObjectChange => ({ object, uid, outcome: 'deleted' }));
  return {
    ...result,
    changes: [...result.changes, ...changes],
    inventory: [...result.inventory, ...staying, ...deletions.kept],
    ...(deletions.isCutShort ? { isPruneCutShort: true } : {}),
    ...(unpruned.length === 0 ? {} : { unpruned }),
  };
}

function partition<T>(items: readonly T[], fits: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}

/**
 * Restores the last good state, if something was written. Where there is none, a failure is left for inspection; what a
 * cancelled run has made is taken back. A last good state without objects is one: nothing.
 */
async function rollBack(result: DeployResult, context: RunContext): Promise<DeployResult> {
  const { rollbackTo } = context.settings;
  const { failure } = result;
  const written = result.changes.some(({ outcome }) => WRITTEN.has(outcome)) || context.resumeFrom?.writing === true;
  const hasWay = rollbackTo !== undefined || result.verdict === 'cancelled';
  if (!hasWay || !written || failure === undefined) return left(result, context);
  context.emit({ type: 'stage.started', stage: 'rollback', failure });
  // Otherwise who goes on after us would try the failed state once more.
  await context.recorded();
  const startedAt = context.clock.now();
  const hasGood = rollbackTo !== undefined && rollbackTo.objects.length > 0;
  const leftovers = await createdByFailure(result, rollbackTo, context);
  const restored = hasGood ? await restore(rollbackTo, leftovers, context) : NOTHING_RESTORED;
  const isRestored = restored.verdict === 'succeeded';
  const { kept, isCutShort } = isRestored
    ? await deleteObjects(leftovers, 'rolled-back', unconfirmed(context))
    : { kept: leftovers, isCutShort: false };
  context.emit({ type: 'stage.ended', stage: 'rollback', ms: context.clock.now() - startedAt });
  const { verdict, failure: cause } = isCutShort ? CUT_SHORT : restored;
  const rollback = verdict === 'succeeded' ? { verdict } : { verdict, failure: rollbackFailure(cause) };
  const gone = leftovers.filter((entry) => !kept.includes(entry));
  return { ...result, rollback, inventory: await ownedAfter(context, result, restored.changes, gone) };
}

const CUT_SHORT = { verdict: 'cancelled', failure: CANCELLED } as const;

const NOTHING_RESTORED: DeployResult = { ...NOTHING, verdict: 'succeeded' };

const WRITTEN: ReadonlySet<string> = new Set(['created', 'configured', 'recreated', 'deleted', 'failed']);

/** What was confirmed for a prune is not confirmed for a rollback: the claims of a failed attempt stay. */
function unconfirmed(context: RunContext): RunContext {
  const { confirmDelete: _confirmed, ...settings } = context.settings;
  return { ...context, settings };
}

/**
 * The same way as any deployment, with deadlines of its own, waiting for no other one; what the failed revision has made
 * immutable is remade. No Job runs again: what it did to the data once, it must not do to newer data.
 */
async function restore(
  rollbackTo: DesiredState,
  contenders: readonly InventoryEntry[],
  context: RunContext,
): Promise<DeployResult> {
  const { approvedPlan: _plan, rollbackTo: _to, ...settings } = context.settings;
  const jobs = rollbackTo.objects.map(objectId).filter(({ kind }) => kind === 'Job');
  const { result } = await runOnce(standalone(rollbackTo), {
    ...context,
    settings: {
      ...settings,
      recreate: 'all',
      // The inventory says what is ours; nothing of it is deleted here.
      prune: false,
      contenders,
      missing: 'warn',
      completed: [...(settings.completed ?? []), ...jobs],
    },
    ending: context.leaving,
    startedAt: context.clock.now(),
    resumeFrom: undefined,
  });
  return result;
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
