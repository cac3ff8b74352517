import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId } from '@ushadow/kubernetes';
import type { Cause, Failure, FailureCode } from '@ushadow/diagnose';
import { failureOfApiError, isUnreachable } from '../api-failure.ts';
import type { Verdict } from '../deploy-result.ts';
import { CANCELLED } from '../deploy-result.ts';
import type { PlanReading } from '../plan/make-plan.ts';
import { makePlan } from '../plan/make-plan.ts';
import { namespaceId, newNamespace } from '../plan/namespaces.ts';
import { staleEntries, staleFailure } from '../plan/stale-plan.ts';
import type { Plan, PlannedAction } from '../plan/plan.ts';
import { failureOf } from './cause-failure.ts';
import { createNamespace } from '../apply/create-namespace.ts';
import { reportRefusal } from './refusal.ts';
import type { RunContext } from './run-context.ts';
import { callOptions, readOptions } from './run-context.ts';
import { awaitGone, terminatingNamespaces } from './terminating-namespaces.ts';

export type GateResult =
  | { readonly open: true; readonly reading: PlanReading }
  | {
      readonly open: false;
      readonly verdict: Verdict;
      readonly failure: Failure;
      readonly causes: readonly Cause[];
      readonly plan: Plan;
    };

/** Plans, and lets pass only what the server has accepted as a whole. Creates missing namespaces on the way. */
export async function passGate(objects: readonly KubeObject[], context: RunContext): Promise<GateResult> {
  const reading = await planOnceGone(objects, context);
  const { plan } = reading;
  const { approvedPlan } = context.settings;
  if (context.ending.aborted) return close(reading, 'cancelled', CANCELLED);
  const stale =
    approvedPlan === undefined ? [] : staleEntries(approvedPlan, plan, context.resumeFrom?.writing === true);
  const refused =
    (await refuse(reading, objects, context)) ??
    (stale.length === 0 ? undefined : close(reading, 'failed', staleFailure(stale)));
  if (refused !== undefined) return refused;
  const missing = missingNamespaces(objects, plan);
  if (missing.length === 0) return announce(reading, context);
  return passInNewNamespaces(objects, missing, reading, context);
}

/** A namespace that is being deleted is waited for, as it can be made anew once it is gone. */
async function planOnceGone(objects: readonly KubeObject[], context: RunContext): Promise<PlanReading> {
  const plan = (): Promise<PlanReading> => makePlan(objects, context.cluster, context.settings, readOptions(context));
  const reading = await plan();
  const terminating = terminatingNamespaces(reading.plan);
  return terminating.length > 0 && (await awaitGone(terminating, context)) ? plan() : reading;
}

/** What is wanted of namespaces that do not exist: their objects can only be checked once they do. */
function missingNamespaces(objects: readonly KubeObject[], plan: Plan): KubeObject[] {
  const wanted = plan.entries
    .filter(({ action, object }) => action === 'create' && object.kind === 'Namespace')
    .flatMap(
      ({ object }) => objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === object.name) ?? [],
    );
  const needed = wanted.filter(({ metadata }) => objects.some((object) => object.metadata.namespace === metadata.name));
  return [...plan.newNamespaces.map(newNamespace), ...needed];
}

async function passInNewNamespaces(
  objects: readonly KubeObject[],
  missing: readonly KubeObject[],
  before: PlanReading,
  context: RunContext,
): Promise<GateResult> {
  const made: KubeObject[] = [];
  for (const namespace of missing) {
    try {
      const object = await createNamespace(namespace, context);
      if (object !== undefined) made.push(object);
    } catch (error) {
      if (!(error instanceof KubernetesApiError)) throw error;
      await removeNamespaces(made, context);
      const failure = failureOfApiError(error, objectId(namespace));
      // A write whose answer never came may have happened.
      return close(before, isUnreachable(failure) ? 'unknown' : 'failed', failure);
    }
  }
  const reading = await makePlan(objects, context.cluster, context.settings, readOptions(context));
  const refused = context.ending.aborted
    ? close(reading, 'cancelled', CANCELLED)
    : await refuse(reading, objects, context);
  if (refused === undefined) return announce(reading, context);
  await removeNamespaces(made, context);
  return refused;
}

/** Takes back namespaces made for a gate that stayed shut; nothing of ours is in them yet. */
async function removeNamespaces(made: readonly KubeObject[], context: RunContext): Promise<void> {
  for (const { metadata } of made) {
    const preconditions = metadata.uid === undefined ? {} : { uid: metadata.uid };
    const id = namespaceId(metadata.name);
    try {
      await context.cluster.delete(id, { ...callOptions(context), ...preconditions });
      context.emit({ type: 'object.deleted', object: id, reason: 'rolled-back' });
    } catch (error) {
      if (!(error instanceof KubernetesApiError)) throw error;
      const { code, message } = failureOfApiError(error, id);
      context.emit({ type: 'warning', code, message, object: id });
    }
  }
}

async function refuse(
  reading: PlanReading,
  objects: readonly KubeObject[],
  context: RunContext,
): Promise<GateResult | undefined> {
  const { problems } = reading.plan;
  if (reading.unreachable !== undefined) {
    // Nothing was written by this run; an earlier worker may have.
    const verdict = context.resumeFrom?.writing === true ? 'unknown' : 'failed';
    return close(reading, verdict, failureOfApiError(reading.unreachable));
  }
  const [problem] = problems;
  if (problem === undefined) return undefined;
  const causes = await reportRefusal(problems, objects, context);
  const [first] = causes;
  return close(
    reading,
    'failed',
    problem.object === undefined || first === undefined ? problem : failureOf(first),
    causes,
  );
}

function close(reading: PlanReading, verdict: Verdict, failure: Failure, causes: readonly Cause[] = []): GateResult {
  return { open: false, verdict, failure, causes, plan: reading.plan };
}

/** What is kept is reported by the prune. */
const REPORTED_LATER: ReadonlySet<FailureCode> = new Set(['NAME_TAKEN', 'PRUNE_REFUSED']);

function announce(reading: PlanReading, context: RunContext): GateResult {
  const counts: Record<PlannedAction, number> = { create: 0, update: 0, recreate: 0, delete: 0, unchanged: 0 };
  for (const { object, action, changes, adopts, warnings } of reading.plan.entries) {
    counts[action] += 1;
    context.emit({ type: 'object.planned', object, action, changes, ...(adopts === true ? { adopts } : {}), warnings });
  }
  for (const { code, message, object } of reading.plan.warnings.filter(
    (warning) => !REPORTED_LATER.has(warning.code),
  )) {
    context.emit({ type: 'warning', code, message, ...(object === undefined ? {} : { object }) });
  }
  context.emit({ type: 'plan.made', hash: reading.plan.hash, counts });
  return { open: true, reading };
}
