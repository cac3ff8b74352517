import type { CallOptions, KubeObject, KubernetesApiError, ObjectId, WriteOutcome } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError, immutableFailure, isUnreachable } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { claimOn, takenFailure } from '../ownership/claim.ts';
import { claimsLostWith } from '../ownership/template-claims.ts';
import { digest } from '../plan/plan-hash.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { PROTECTED_KINDS } from '../prune/protected-kinds.ts';
import { compareObjects } from './compare.ts';
import type { DryRun, DryRunContext } from './dry-run.ts';
import { conflictsOf, dryRunApply, dryRunRecreation, isOfExisting, unanswered } from './dry-run.ts';
import { ownedFields } from './field-ownership.ts';
import { isGrowthRefused } from './fit/fit-claim.ts';
import { fitToLive } from './fit/fit-to-live.ts';
import type { Fit } from './fit/fit.ts';
import { addressMessage, changesAddress } from './fit/service-address.ts';
import type { LiveRead, ReadLive } from './read-live.ts';
import { readOne } from './read-live.ts';
import { mayRecreate } from './recreate.ts';
import { checkFence } from './write-stamp.ts';

export interface PlannedObject {
  readonly entry: PlanEntry;
  readonly live: KubeObject | undefined;
  /** What is written for it. */
  readonly body: KubeObject;
  /** What the server would make of it by that; absent where it has not said. */
  readonly after?: KubeObject;
  readonly problem: Failure | undefined;
  /** Set when the cluster could not be asked at all. */
  readonly unreachable: KubernetesApiError | undefined;
}

/** How often an object is read that others keep writing to. */
const READS_MAX = 3;

/**
 * What is read and what the dry run answers must be of one version of the object: what others write between the two, such
 * as the binding of a claim, would look like a change that was asked for.
 */
export async function planObject(
  desired: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
  readLive: ReadLive,
): Promise<PlannedObject> {
  const readAgain: ReadLive = (id) => readOne(id, cluster, call);
  for (let reads = 1; ; reads++) {
    const { outcome, ...item } = await planOnce(
      desired,
      { cluster, settings, call },
      reads === 1 ? readLive : readAgain,
    );
    if (reads === READS_MAX || !isOutOfStep(item, outcome))
      return outcome === undefined ? item : { ...item, after: outcome.object };
  }
}

function isOutOfStep({ live, entry }: PlannedObject, outcome: WriteOutcome | undefined): boolean {
  if (live === undefined || outcome === undefined || entry.changes.length === 0) return false;
  return live.metadata.resourceVersion !== outcome.object.metadata.resourceVersion;
}

async function planOnce(
  desired: KubeObject,
  context: DryRunContext,
  readLive: ReadLive,
): Promise<PlannedObject & Pick<DryRun, 'outcome'>> {
  const { cluster, settings, call } = context;
  const id = objectId(desired);
  const [first, dryRun] = await Promise.all([readLive(id), dryRunApply(desired, context)]);
  const read = mayExist(first, dryRun) ? await readOne(id, cluster, call) : first;
  checkFence(read.live, settings.stamp);
  const unreachable = unreachableOf(read, dryRun);
  const base = describe(desired, id, read.live, settings);
  const taken = ownerRefusal(id, read, dryRun, settings);
  const found = { entry: base, live: read.live, body: desired, problem: undefined, unreachable };
  if (taken !== undefined) return { ...found, problem: taken };
  if (read.live === undefined || dryRun.error?.httpStatus === 0) return answered(found, dryRun, read, settings);
  const asItIs = { body: desired, notes: [], again: dryRun };
  // What may be made anew need not keep what is there.
  const may = mayRecreate(desired, read.live, settings);
  const fit = may ? asItIs : await dryRunFitting(desired, read.live, dryRun, context);
  const remade = await planRecreation(desired, read.live, fit.again, context);
  if (remade !== undefined) return { ...found, ...remade, entry: { ...base, ...remade.entry } };
  const { body, notes, again } = may ? await dryRunFitting(desired, read.live, dryRun, context) : fit;
  const item = answered({ ...found, body, unreachable: unreachableOf(read, again) }, again, read, settings);
  return { ...item, entry: { ...item.entry, warnings: [...notes, ...item.entry.warnings] }, outcome: again.outcome };
}

/** The list did not have it, but the dry run says, or may mean, that it is there. */
function mayExist(read: LiveRead, { outcome, error }: DryRun): boolean {
  if (read.isCertain || read.error !== undefined) return false;
  if (outcome !== undefined) return isOfExisting({ outcome });
  const { code } = failureOfApiError(error ?? unanswered());
  return code !== 'NAMESPACE_NOT_FOUND' && code !== 'KIND_NOT_SERVED';
}

function unreachableOf(read: LiveRead, dryRun: DryRun): KubernetesApiError | undefined {
  const isLost = (error: KubernetesApiError): boolean => isUnreachable(failureOfApiError(error));
  return [read.error, dryRun.error].find((error) => error !== undefined && isLost(error));
}

/** Why what is there must not be written over; what cannot be read may be anybody's. */
function ownerRefusal(
  id: ObjectId,
  { live, error }: LiveRead,
  dryRun: DryRun,
  settings: Settings,
): Failure | undefined {
  if (settings.owner === undefined) return undefined;
  if (live === undefined) return error !== undefined && isOfExisting(dryRun) ? failureOfApiError(error, id) : undefined;
  const claim = claimOn(live, settings);
  return claim.may ? undefined : takenFailure(live, claim.by);
}

/** A dry run once more where what is there takes another body than what is wanted by itself. */
async function dryRunFitting(
  desired: KubeObject,
  live: KubeObject,
  first: DryRun,
  context: DryRunContext,
): Promise<Fit & { readonly again: DryRun }> {
  const { manager } = context.settings;
  const dryRun = async ({ body }: Fit): Promise<DryRun> => (body === desired ? first : dryRunApply(body, context));
  const isRefused = first.error !== undefined;
  const fit = fitToLive(desired, live, { manager, isRefused, mayGrow: true });
  const again = await dryRun(fit);
  const isClaim = desired.kind === 'PersistentVolumeClaim';
  if (!isClaim || again.error === undefined || !isGrowthRefused(again.error)) return { ...fit, again };
  const smaller = fitToLive(desired, live, { manager, isRefused, mayGrow: false });
  return { ...smaller, again: await dryRun(smaller) };
}

/** Undefined where it need not, or must not, be made anew. */
async function planRecreation(
  desired: KubeObject,
  live: KubeObject,
  { error }: DryRun,
  context: DryRunContext,
): Promise<{ readonly entry: Partial<PlanEntry>; readonly problem: Failure | undefined } | undefined> {
  const id = objectId(desired);
  if (live.metadata.deletionTimestamp !== undefined && !PROTECTED_KINDS.has(id.kind))
    return {
      entry: { action: 'recreate', warnings: ['it is being deleted, and made anew once it is gone'] },
      problem: undefined,
    };
  const failure = immutability(desired, live, error);
  if (failure === undefined) return undefined;
  if (!mayRecreate(desired, live, context.settings)) return { entry: {}, problem: failure };
  const lost = claimsLostWith(live);
  if (lost !== undefined) return { entry: {}, problem: { ...failure, ...lost } };
  const refused = await dryRunRecreation(desired, context);
  if (refused !== undefined) return { entry: {}, problem: failureOfApiError(refused, id) };
  return { entry: { action: 'recreate', warnings: [failure.message] }, problem: undefined };
}

/** Why it cannot become what is wanted while it exists; of a claim something else is said. */
function immutability(
  desired: KubeObject,
  live: KubeObject,
  error: KubernetesApiError | undefined,
): Failure | undefined {
  const id = objectId(desired);
  if (changesAddress(desired, live)) return immutableFailure(id, addressMessage(desired));
  if (error === undefined || id.kind === 'PersistentVolumeClaim') return undefined;
  const failure = failureOfApiError(error, id);
  return failure.code === 'FIELD_IMMUTABLE' ? failure : undefined;
}

/** The plan of an object by what the server has answered. */
function answered(found: PlannedObject, dryRun: DryRun, read: LiveRead, settings: Settings): PlannedObject {
  const { entry: base, live } = found;
  if (dryRun.outcome !== undefined) return { ...found, entry: settle(base, live, dryRun, dryRun.outcome, settings) };
  const failure = failureOfApiError(dryRun.error ?? read.error ?? unanswered(), base.object);
  if (failure.code === 'ADMISSION_NO_DRY_RUN') {
    const action = live === undefined ? 'create' : 'update';
    return { ...found, entry: { ...base, action, verified: false, unverifiedReason: failure.message } };
  }
  const conflicts = dryRun.error === undefined ? [] : conflictsOf(dryRun.error);
  return { ...found, entry: conflicts.length === 0 ? base : { ...base, conflicts }, problem: failure };
}

function describe(desired: KubeObject, id: ObjectId, live: KubeObject | undefined, settings: Settings): PlanEntry {
  const { uid, resourceVersion } = live?.metadata ?? {};
  const claim = live === undefined ? undefined : claimOn(live, settings);
  const desiredDigest = digest(settings.digestKey, desired);
  return {
    object: id,
    action: live === undefined ? 'create' : 'update',
    changes: [],
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    desiredDigest,
    // All of it, as long as nothing is known of what is there.
    changeDigest: desiredDigest,
    verified: true,
    ...(claim?.may === true && claim.adopts ? { adopts: true } : {}),
    warnings: [],
  };
}

function settle(
  base: PlanEntry,
  live: KubeObject | undefined,
  dryRun: DryRun,
  outcome: WriteOutcome,
  settings: Settings,
): PlanEntry {
  const { warnings, object } = outcome;
  const takesOver = dryRun.takesOver === undefined ? {} : { takesOver: dryRun.takesOver };
  // What is there but may not be read cannot be made anew.
  if (live === undefined)
    return { ...base, action: isOfExisting(dryRun) ? 'update' : 'create', warnings, ...takesOver };
  const { changes, exact } = compareObjects(live, object, settings.mask);
  const sameOwner = ownedFields(live, settings.manager) === ownedFields(object, settings.manager);
  const action = changes.length === 0 && sameOwner ? 'unchanged' : 'update';
  return { ...base, action, changes, changeDigest: digest(settings.digestKey, exact), warnings, ...takesOver };
}
