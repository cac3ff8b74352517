import type { CallOptions, JsonValue, KubeObject, ObjectId } from '@ushadow/kubernetes';
import {
  defines,
  formatObjectId,
  inApplyOrder,
  KubernetesApiError,
  listAt,
  objectId,
  objectKey,
  textAt,
} from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { checkClasses } from '../preflight/classes.ts';
import type { NamespaceLevels } from '../preflight/namespace-level.ts';
import { againstLevel, namespaceLevels, podLevels } from '../preflight/namespace-level.ts';
import type { PodProbe } from '../preflight/pod-probe.ts';
import { checkReferences } from '../preflight/outside-references.ts';
import { probePod } from '../preflight/pod-probe.ts';
import { namespaceId, namespacesToProvide } from './namespaces.ts';
import { planClaims } from './plan-claims.ts';
import { isCompleted, planCompleted } from './plan-completed.ts';
import { planDeletions } from './plan-deletions.ts';
import { planHash } from './plan-hash.ts';
import type { Plan, PlanEntry } from './plan.ts';
import { planObject } from '../apply/plan-object.ts';
import { orderDeletions } from './order-deletions.ts';
import { readLive } from '../apply/read-live.ts';
import type { PlannedObject } from '../apply/plan-object.ts';

/** A plan with what was seen while making it. */
export interface PlanReading {
  readonly plan: Plan;
  /** Live objects by key; absent ones are missing. */
  readonly live: ReadonlyMap<string, KubeObject>;
  /** What is written, by key. */
  readonly bodies: ReadonlyMap<string, KubeObject>;
  /** Causes of a plan that could not be made at all. */
  readonly unreachable: KubernetesApiError | undefined;
}

/**
 * Reads every object and dry-runs it on the server, all at once, so that planning costs one round trip. Nothing is
 * written. Problems are part of the plan; it throws only what is not a KubernetesApiError.
 */
export async function makePlan(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<PlanReading> {
  const ordered = inApplyOrder(objects, objectId);
  const namespaces = namespacesToProvide(ordered);
  const read = readLive(ordered, cluster, call);
  const judgeReferences = checkReferences(ordered, cluster, settings, call);
  const judgeClaims = planClaims(ordered, cluster, settings, call);
  const isDone = (object: KubeObject): boolean => isCompleted(objectId(object), settings);
  const [planned, deletions, found, probes, warnings] = await Promise.all([
    Promise.all(
      ordered.map((object) => (isDone(object) ? planCompleted : planObject)(object, cluster, settings, call, read)),
    ),
    planDeletions(ordered, cluster, settings, call),
    Promise.all(namespaces.map((name) => lookUpNamespace(name, cluster, call))),
    Promise.all(
      ordered.map(async (object) => (isDone(object) ? undefined : probePod(object, cluster, settings, call))),
    ),
    checkClasses(ordered, cluster, call),
  ]);
  const newNamespaces = found.filter((state) => state.missing).map((state) => state.name);
  const settled = planned.map((item) => excuseNewNamespace(item, newNamespaces, ordered));
  const [claims, outside] = await Promise.all([
    judgeClaims(settled),
    judgeReferences(settled.map(({ entry }) => entry)),
  ]);
  const removals = orderDeletions(deletions.deletions, settled);
  // On a rollback only what contends with something wanted goes.
  const gone =
    settings.contenders === undefined
      ? removals.entries
      : removals.entries.filter(({ goesBefore }) => goesBefore !== undefined);
  const entries = [...settled.map(({ entry }) => entry), ...claims.entries, ...gone];
  const problems = [
    ...found.flatMap(({ problem }) => problem ?? []),
    ...settled.flatMap(({ problem }) => problem ?? []),
    ...claims.problems,
    ...outside.problems,
    ...removals.problems,
  ];
  const levels = new Map(found.map((state) => [state.name, state.levels]));
  const probed = settled.map(({ entry }, index) => judgeProbe(entry, probes[index], ordered[index], levels));
  return {
    plan: {
      entries,
      newNamespaces,
      podSecurity: podLevels(ordered, levels),
      problems: [...problems, ...probed.flatMap(({ problem }) => problem ?? [])],
      warnings: [
        ...warnings,
        ...claims.warnings,
        ...outside.warnings,
        ...deletions.kept,
        ...removals.kept,
        ...probed.flatMap(({ warning }) => warning ?? []),
      ],
      hash: hashOf(entries, newNamespaces, settings),
    },
    live: new Map(settled.flatMap(({ entry, live }) => (live === undefined ? [] : [[objectKey(entry.object), live]]))),
    bodies: new Map(settled.map(({ entry, body }) => [objectKey(entry.object), body])),
    unreachable: [...settled, ...found].find(({ unreachable }) => unreachable !== undefined)?.unreachable,
  };
}

/**
 * Nothing new is written: no refusal. A quota that is full of the old pods need not refuse the new ones; what only the label
 * of the namespace says may be exempted.
 */
function judgeProbe(
  entry: PlanEntry,
  probe: PodProbe | undefined,
  workload: KubeObject | undefined,
  levels: ReadonlyMap<string, NamespaceLevels | undefined>,
): { problem?: Failure; warning?: Failure } {
  if (probe === undefined || workload === undefined || entry.action === 'unchanged') return {};
  const { failure, isAnswered } = probe;
  if (!isAnswered) {
    const warning = againstLevel(workload, levels.get(workload.metadata.namespace ?? '')?.enforced);
    return warning === undefined ? {} : { warning };
  }
  if (failure === undefined) return {};
  const isCertain = entry.action === 'create' || failure.code !== 'QUOTA_EXCEEDED';
  return isCertain ? { problem: failure } : { warning: failure };
}

function hashOf(entries: readonly PlanEntry[], newNamespaces: readonly string[], settings: Settings): string {
  const { conflicts, manager, digestKey, recreate, prune, takeOver = [], confirmDelete = [] } = settings;
  const named = { takeOver: namesOf(takeOver), confirmDelete: namesOf(confirmDelete), ...adoptionOf(settings) };
  const policy: JsonValue = { conflicts, manager, newNamespaces, prune, ...named, recreate: recreateText(recreate) };
  return planHash(digestKey, entries, policy);
}

/** Empty where nothing is to be adopted. */
function adoptionOf({ adopt = [], adoptFrom = [] }: Settings): Readonly<Record<string, string>> {
  return {
    ...(adopt.length === 0 ? {} : { adopt: namesOf(adopt) }),
    ...(adoptFrom.length === 0 ? {} : { adoptFrom: [...adoptFrom].sort().join(' ') }),
  };
}

function recreateText(recreate: Settings['recreate']): string {
  return typeof recreate === 'string' ? recreate : namesOf(recreate);
}

function namesOf(ids: readonly ObjectId[]): string {
  return ids.map(formatObjectId).sort().join(' ');
}

/** A dry run in a namespace that does not exist yet can only fail; that is not the object's fault. */
function excuseNewNamespace(
  item: PlannedObject,
  newNamespaces: readonly string[],
  desired: readonly KubeObject[],
): PlannedObject {
  const { problem, entry } = item;
  if (problem === undefined) return item;
  const { namespace } = entry.object;
  const excused =
    (problem.code === 'NAMESPACE_NOT_FOUND' &&
      namespace !== undefined &&
      willExist(namespace, newNamespaces, desired)) ||
    (problem.code === 'KIND_NOT_SERVED' && desired.some((object) => defines(object, entry.object)));
  if (!excused) return item;
  return { ...item, problem: undefined, entry: { ...entry, verified: false, unverifiedReason: problem.message } };
}

function willExist(namespace: string, newNamespaces: readonly string[], desired: readonly KubeObject[]): boolean {
  return (
    newNamespaces.includes(namespace) ||
    desired.some(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace)
  );
}

interface NamespaceState {
  readonly name: string;
  readonly missing: boolean;
  readonly levels?: NamespaceLevels;
  readonly problem?: Failure;
  readonly unreachable?: KubernetesApiError;
}

async function lookUpNamespace(name: string, cluster: ClusterPort, call: CallOptions): Promise<NamespaceState> {
  try {
    const live = await cluster.get(namespaceId(name), call);
    if (live === undefined) return { name, missing: true };
    if (live.metadata.deletionTimestamp === undefined) return { name, missing: false, levels: namespaceLevels(live) };
    return { name, missing: false, problem: terminating(live) };
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    // Without the right to read namespaces, the objects' own dry runs show whether it exists.
    if (error.httpStatus === 403) return { name, missing: false };
    return { name, missing: false, problem: failureOfApiError(error, namespaceId(name)), unreachable: error };
  }
}

/** With what the namespace controller says it waits for: content that stays, finalizers that nobody removes. */
function terminating(namespace: KubeObject): Failure {
  const message = `namespace "${namespace.metadata.name}" is being terminated`;
  const error = new KubernetesApiError({ httpStatus: 403, reason: 'Forbidden', message });
  const failure = failureOfApiError(error, objectId(namespace));
  const holds = listAt(namespace, ['status', 'conditions'])
    .filter(({ status }) => status === 'True')
    .map((condition) => ({
      kind: 'field' as const,
      path: `status.conditions[type=${textAt(condition, ['type'])}]`,
      value: textAt(condition, ['message']),
    }));
  return { ...failure, evidence: [...failure.evidence, ...holds] };
}
