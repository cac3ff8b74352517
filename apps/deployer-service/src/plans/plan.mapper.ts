import type { PlanData } from '@ushadow/contracts';
import { roleYaml, type Failure, type PlanEntry } from '@ushadow/deploy-engine';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { StackUpdate } from '../content/stack-content.ts';
import { optionsToContract } from '../deployments/deployment.mapper.ts';
import { pageOf, shortened } from './paged-objects.ts';
import type { StoredPlan } from './plan.ts';

/**
 * A plan as it is answered, with the services that want each object by its update.
 * @param from number of the first object to list
 */
export function toContract(stored: StoredPlan, update: StackUpdate, from = 0): PlanData {
  const { plan, missingPermissions } = stored;
  const users = new Map(update.content.objects.map(({ object, services }) => [objectKey(objectId(object)), services]));
  const { page: objects, next } = pageOf(plan.entries, from, (entry) =>
    objectToContract(entry, users.get(objectKey(entry.object)) ?? []),
  );
  return {
    plan_id: stored.id,
    target: stored.target,
    namespace: stored.namespace,
    stack_id: stored.stackId,
    project: stored.project,
    kind: stored.kind,
    based_on: stored.basedOn,
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
