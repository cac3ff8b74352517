import type { CallOptions, KubeObject, ObjectId, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey } from '@ushadow/kubernetes';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import type { FieldConflict } from '../plan/plan.ts';
import { probeOf } from './recreate.ts';
import { marked } from './write-stamp.ts';

/** What the server answers to a write that it does not carry out. */
export interface DryRun {
  readonly outcome?: WriteOutcome | undefined;
  readonly error?: KubernetesApiError;
  readonly takesOver?: readonly FieldConflict[];
}

/** How the server is asked. */
export interface DryRunContext {
  readonly cluster: ClusterPort;
  readonly settings: Settings;
  readonly call: CallOptions;
}

/** Server-side apply of just what would be written; with force where conflicting fields may be taken over. */
export async function dryRunApply(desired: KubeObject, { cluster, settings, call }: DryRunContext): Promise<DryRun> {
  const body = marked(desired, settings);
  const options = { ...call, fieldManager: settings.manager, dryRun: true };
  try {
    return { outcome: await cluster.apply(body, options) };
  } catch (caught) {
    const error = apiError(caught);
    const takesOver = conflictsOf(error);
    if (takesOver.length === 0 || !mayTakeOver(objectId(desired), settings)) return { error };
    return cluster.apply(body, { ...options, force: true }).then(
      (outcome) => ({ outcome, takesOver }),
      (again: unknown) => ({ error: apiError(again) }),
    );
  }
}

/** A new object must be acceptable before the old one is deleted for it; the server is asked under another name. */
export async function dryRunRecreation(
  desired: KubeObject,
  { cluster, settings, call }: DryRunContext,
): Promise<KubernetesApiError | undefined> {
  try {
    await cluster.create(probeOf(desired), { ...call, fieldManager: settings.manager, dryRun: true });
    return undefined;
  } catch (error) {
    return apiError(error);
  }
}

/** The answer to a dry run has a resourceVersion only where the object exists. */
export function isOfExisting({ outcome }: Pick<DryRun, 'outcome'>): boolean {
  return outcome?.object.metadata.resourceVersion !== undefined;
}

export function conflictsOf(error: KubernetesApiError): FieldConflict[] {
  return error.causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field = '', message }) => ({ field, manager: /conflict with "([^"]+)"/.exec(message)?.[1] ?? 'unknown' }));
}

export function unanswered(): KubernetesApiError {
  return new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message: 'no answer' });
}

function mayTakeOver(id: ObjectId, settings: Settings): boolean {
  if (settings.conflicts === 'take-over') return true;
  return settings.takeOver?.some((other) => objectKey(other) === objectKey(id)) === true;
}

function apiError(error: unknown): KubernetesApiError {
  if (error instanceof KubernetesApiError) return error;
  throw error;
}
