import type { PlanData } from '@ushadow/contracts';
import { roleYaml, type Failure, type PlanEntry } from '@ushadow/deploy-engine';
import { formatObjectId } from '@ushadow/kubernetes';
import { optionsToContract } from '../deployments/deployment.mapper.ts';
import type { StoredPlan } from './plan.ts';

/** A plan as it is told to others. */
export function toContract(stored: StoredPlan): PlanData {
  const { plan, missingPermissions } = stored;
  return {
    plan_id: stored.id,
    cluster_id: stored.clusterId,
    namespace: stored.namespace,
    service_id: stored.serviceId,
    service_name: stored.serviceName,
    hash: stored.hash,
    applicable: plan.problems.length === 0,
    counts: countsOf(plan.entries),
    objects: plan.entries.map(objectToContract),
    new_namespaces: [...plan.newNamespaces],
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

function objectToContract(entry: PlanEntry): PlanData['objects'][number] {
  const { object, action, changes, verified, unverifiedReason = null, warnings } = entry;
  return {
    object: formatObjectId(object),
    action,
    changes: changes.map((change) => ({ ...change })),
    conflicts: [...(entry.conflicts ?? entry.takesOver ?? [])],
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
