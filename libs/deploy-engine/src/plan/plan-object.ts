import type { CallOptions, KubeObject, ObjectId, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError, canonicalJson, dnsLabel, objectId, objectKey } from '@ushadow/kubernetes';
import { failureOfApiError, isLossOfSight } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import type { Failure } from '../failure.ts';
import { claimOn, takenFailure } from '../ownership/claim.ts';
import { compareObjects } from './compare.ts';
import { ownedFields } from './field-ownership.ts';
import { marked } from './marked.ts';
import { digest } from './plan-hash.ts';
import type { FieldConflict, PlanEntry } from './plan.ts';
import type { LiveRead, ReadLive } from './read-live.ts';
import { readOne } from './read-live.ts';
import { mayRecreate } from './recreate.ts';
import type { Settled } from './settle-storage.ts';
import { growsByDefault, settleStorage } from './settle-storage.ts';
import { checkFence } from './write-stamp.ts';

export interface PlannedObject {
  readonly entry: PlanEntry;
  /** As it is to be written: as it is wanted, but for what storage that is there keeps. */
  readonly object: KubeObject;
  readonly live: KubeObject | undefined;
  readonly problem: Failure | undefined;
  /** Set when the cluster could not be asked at all. */
  readonly lostSight: KubernetesApiError | undefined;
}

interface DryRun {
  readonly outcome?: WriteOutcome;
  readonly error?: KubernetesApiError;
  readonly takesOver?: readonly FieldConflict[];
}

export async function planObject(
  desired: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
  readLive: ReadLive,
): Promise<PlannedObject> {
  const id = objectId(desired);
  const [first, asked] = await Promise.all([
    readLive(id),
    dryRunApply(marked(desired, settings), cluster, settings, call),
  ]);
  const read = needsLook(first, asked) ? await readOne(id, cluster, call) : first;
  checkFence(read.live, settings.stamp);
  const base = describe(desired, id, read.live, settings);
  const taken = ownerRefusal(id, read, asked, settings);
  const { object, left, dryRun } =
    taken === undefined
      ? await fitted(desired, read.live, asked, cluster, settings, call)
      : { object: desired, left: [], dryRun: asked };
  const lostSight = [read.error, dryRun.error].find((error) => error !== undefined && cannotAsk(error));
  const sight = { object, live: read.live, lostSight };
  if (taken !== undefined) return { ...sight, entry: base, problem: taken };
  if (dryRun.outcome !== undefined) {
    const entry = settle(base, read.live, dryRun, dryRun.outcome, settings);
    return { ...sight, entry: { ...entry, warnings: [...left, ...entry.warnings] }, problem: undefined };
  }
  const failure = failureOfApiError(dryRun.error ?? read.error ?? unanswered(), id);
  if (failure.code === 'ADMISSION_NO_DRY_RUN') {
    const entry: PlanEntry = { ...base, action: read.live === undefined ? 'create' : 'update', verified: false };
    return { ...sight, entry: { ...entry, unverifiedReason: failure.message }, problem: undefined };
  }
  if (failure.code === 'FIELD_IMMUTABLE' && mayRecreate(id, settings)) {
    const refused = await probeRecreation(desired, cluster, settings, call);
    if (refused !== undefined) return { ...sight, entry: base, problem: failureOfApiError(refused, id) };
    return { ...sight, entry: { ...base, action: 'recreate', warnings: [failure.message] }, problem: undefined };
  }
  const conflicts = dryRun.error === undefined ? [] : conflictsOf(dryRun.error);
  return { ...sight, entry: conflicts.length === 0 ? base : { ...base, conflicts }, problem: failure };
}

interface Fitted extends Settled {
  readonly dryRun: DryRun;
}

/** Where storage that is there refuses the wish, or would grow unasked, the server is asked for what it can have. */
async function fitted(
  desired: KubeObject,
  live: KubeObject | undefined,
  asked: DryRun,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<Fitted> {
  const asItIs = { object: desired, left: [], dryRun: asked };
  if (live === undefined || mayRecreate(objectId(desired), settings)) return asItIs;
  const isRefused = asked.error !== undefined && !cannotAsk(asked.error);
  if (!isRefused && !growsByDefault(desired, live)) return asItIs;
  const { object, left } = settleStorage(desired, live);
  if (canonicalJson(object) === canonicalJson(desired)) return asItIs;
  return { object, left, dryRun: await dryRunApply(marked(object, settings), cluster, settings, call) };
}

/** Why what is there must not be written over; what cannot be read may be anybody's. */
function ownerRefusal(
  id: ObjectId,
  { live, error }: LiveRead,
  dryRun: DryRun,
  settings: Settings,
): Failure | undefined {
  if (settings.owner === undefined) return undefined;
  if (live === undefined) return error !== undefined && isThere(dryRun) ? failureOfApiError(error, id) : undefined;
  const claim = claimOn(live, settings);
  return claim.may ? undefined : takenFailure(live, claim.by);
}

/** The answer to a dry run has a resourceVersion only where the object exists. */
function isThere({ outcome }: DryRun): boolean {
  return outcome?.object.metadata.resourceVersion !== undefined;
}

/** A new object must be acceptable before the old one is deleted for it; the server is asked under another name. */
async function probeRecreation(
  desired: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<KubernetesApiError | undefined> {
  // The addresses and ports of a Service are still taken by the old one.
  if (desired.kind === 'Service') return undefined;
  const metadata = { ...desired.metadata, name: dnsLabel(`${desired.metadata.name}-ushadow-probe`) };
  try {
    await cluster.create({ ...desired, metadata }, { ...call, fieldManager: settings.manager, dryRun: true });
    return undefined;
  } catch (error) {
    return apiError(error);
  }
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
  if (live === undefined) return { ...base, action: isThere(dryRun) ? 'update' : 'create', warnings, ...takesOver };
  const { changes, exact } = compareObjects(live, object);
  const sameOwner = ownedFields(live, settings.manager) === ownedFields(object, settings.manager);
  const action = changes.length === 0 && sameOwner ? 'unchanged' : 'update';
  return { ...base, action, changes, changeDigest: digest(settings.digestKey, exact), warnings, ...takesOver };
}

/** The list did not have it, but the dry run says, or may mean, that it is there. */
function needsLook(read: LiveRead, { outcome, error }: DryRun): boolean {
  if (read.isCertain || read.error !== undefined) return false;
  if (outcome !== undefined) return isThere({ outcome });
  const { code } = failureOfApiError(error ?? unanswered());
  return code !== 'NAMESPACE_NOT_FOUND' && code !== 'KIND_NOT_SERVED';
}

async function dryRunApply(
  desired: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<DryRun> {
  const options = { ...call, fieldManager: settings.manager, dryRun: true };
  try {
    return { outcome: await cluster.apply(desired, options) };
  } catch (caught) {
    const error = apiError(caught);
    const takesOver = conflictsOf(error);
    if (takesOver.length === 0 || !mayTakeOver(objectId(desired), settings)) return { error };
    return cluster.apply(desired, { ...options, force: true }).then(
      (outcome) => ({ outcome, takesOver }),
      (again: unknown) => ({ error: apiError(again) }),
    );
  }
}

function mayTakeOver(id: ObjectId, settings: Settings): boolean {
  if (settings.conflicts === 'take-over') return true;
  return settings.takeOver?.some((other) => objectKey(other) === objectKey(id)) === true;
}

function conflictsOf(error: KubernetesApiError): FieldConflict[] {
  return error.causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field = '', message }) => ({ field, manager: /conflict with "([^"]+)"/.exec(message)?.[1] ?? 'unknown' }));
}

function cannotAsk(error: KubernetesApiError): boolean {
  return isLossOfSight(failureOfApiError(error));
}

function apiError(error: unknown): KubernetesApiError {
  if (error instanceof KubernetesApiError) return error;
  throw error;
}

function unanswered(): KubernetesApiError {
  return new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message: 'no answer' });
}
