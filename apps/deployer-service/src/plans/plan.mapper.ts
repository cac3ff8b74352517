import type { PlanData } from '@ushadow/contracts';
import { roleYaml, type Failure, type PlanEntry } from '@ushadow/deploy-engine';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { StackUpdate } from '../content/stack-content.ts';
import { optionsToContract } from '../deployments/deployment.mapper.ts';
import type { StoredPlan } from './plan.ts';

/**
 * A plan as it is answered, with the services that want each object by its update.
 * @param from number of the first object to list
 */
export function toContract(stored: StoredPlan, update: StackUpdate, from = 0): PlanData {
  const { plan, missingPermissions } = stored;
  const users = new Map(update.content.objects.map(({ object, services }) => [objectKey(objectId(object)), services]));
  const { objects, next } = pageOf(plan.entries, from, (entry) =>
    objectToContract(entry, users.get(objectKey(entry.object)) ?? []),
  );
  return {
    plan_id: stored.id,
    cluster_id: stored.clusterId,
    namespace: stored.namespace,
    stack_id: stored.stackId,
    project: stored.project,
    kind: stored.kind,
    services: [...stored.services],
    hash: stored.hash,
    applicable: plan.problems.length === 0,
    counts: countsOf(plan.entries),
    objects,
    next_cursor: next === undefined ? null : String(next),
    new_namespaces: [...plan.newNamespaces],
    pod_security: plan.podSecurity.map(({ object, ...levels }) => ({ object: formatObjectId(object), ...levels })),
    problems: plan.problems.map(findingToContract),
    warnings: plan.warnings.map(findingToContract),
    conflicts: plan.entries.flatMap(({ object, conflicts = [] }) =>
      conflicts.map((conflict) => ({ object: formatObjectId(object), ...conflict })),
    ),
    missing_permissions: missingPermissions.map((permission) => ({ ...permission })),
    role_yaml: missingPermissions.length === 0 ? null : roleYaml(missingPermissions),
    options: optionsToContract(stored.options),
    diagnostics: [...stored.diagnostics],
    actor: stored.actor,
    created_at: stored.createdAt.toISOString(),
    expires_at: stored.expiresAt.toISOString(),
    replaces: stored.replaces,
  };
}

/** The bus carries 1 MiB unless it is configured otherwise, and the rest of the plan is in each page too. */
const PAGE_BYTES = 400_000;
/** A whole file may stand in one value. */
const VALUE_CHARACTERS = 8_000;

type PlannedObject = PlanData['objects'][number];

/** At least one object, then as many as fit. */
function pageOf(
  entries: readonly PlanEntry[],
  from: number,
  toPlanned: (entry: PlanEntry) => PlannedObject,
): { readonly objects: PlannedObject[]; readonly next: number | undefined } {
  const objects: PlannedObject[] = [];
  let room = PAGE_BYTES;
  for (const entry of entries.slice(from)) {
    const object = toPlanned(entry);
    room -= Buffer.byteLength(JSON.stringify(object));
    if (room < 0 && objects.length > 0) return { objects, next: from + objects.length };
    objects.push(object);
  }
  return { objects, next: undefined };
}

type Change = PlanEntry['changes'][number];

function shortened({ before, after, ...change }: Change): PlannedObject['changes'][number] {
  const isLong = [before, after].some((value) => value !== undefined && value.length > VALUE_CHARACTERS);
  const start = (value: string): string =>
    value.length > VALUE_CHARACTERS ? `${value.slice(0, VALUE_CHARACTERS)}…` : value;
  return {
    ...change,
    ...(before === undefined ? {} : { before: start(before) }),
    ...(after === undefined ? {} : { after: start(after) }),
    ...(isLong ? { cut: true } : {}),
  };
}

function countsOf(entries: readonly PlanEntry[]): PlanData['counts'] {
  const counts = { create: 0, update: 0, recreate: 0, delete: 0, unchanged: 0 };
  for (const { action } of entries) counts[action] += 1;
  return counts;
}

function objectToContract(entry: PlanEntry, services: readonly string[]): PlanData['objects'][number] {
  const { object, action, changes, verified, unverifiedReason = null, warnings } = entry;
  return {
    object: formatObjectId(object),
    action,
    changes: changes.map(shortened),
    conflicts: [...(entry.conflicts ?? entry.takesOver ?? [])],
    adopts: entry.adopts === true,
    services: [...services],
    verified,
    unverified_reason: unverifiedReason,
    warnings: [...warnings],
  };
}

export function findingToContract(failure: Failure): PlanData['problems'][number] {
  return {
    code: failure.code,
    message: failure.message,
    object: failure.object === undefined ? null : formatObjectId(failure.object),
    field: failure.field ?? null,
    remedy: failure.remedy ?? null,
    source: failure.source ?? null,
  };
}
