import { z } from 'zod';
import { diagnostic } from '../diagnostic.ts';
import { deploymentId, planId, podSecurityLevel, stackId, timestamp } from '../fields.ts';
import { target } from '../target.ts';
import { deployOptions } from './deploy-options.ts';
import { deploymentKind, sourcePlace } from './deployment.ts';

export const fieldConflict = z.object({
  field: z.string(),
  manager: z.string().describe('Who owns the field in the cluster'),
});

/** One field that differs. */
export const fieldChange = z.object({
  path: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: z.string().optional().describe('JSON; absent where secret'),
  after: z.string().optional().describe('JSON; absent where secret'),
  cut: z.literal(true).optional().describe('Only the start of a long value is told'),
});

const plannedObject = z.object({
  object: z.string().describe('`Kind/namespace/name`'),
  action: z.enum(['create', 'update', 'recreate', 'delete', 'unchanged']),
  changes: z.array(fieldChange).describe('Empty for an object that is created or deleted'),
  conflicts: z.array(fieldConflict).describe('Fields that other managers own'),
  adopts: z.boolean().describe('It was nobody’s and becomes this stack’s'),
  services: z.array(z.string()).describe('The services that want it; empty for what goes'),
  verified: z.boolean().describe('False when the server could not be asked beforehand'),
  unverified_reason: z.string().nullable(),
  warnings: z.array(z.string()),
});

const finding = z.object({
  code: z.string(),
  message: z.string(),
  object: z.string().nullable(),
  field: z.string().nullable(),
  remedy: z.string().nullable(),
  source: sourcePlace.nullable().optional().describe('The line of the Compose file to change'),
});

/** What a deployment would do, asked of the cluster and stored; nothing was written. */
export const plan = z
  .object({
    plan_id: planId,
    target,
    namespace: z.string(),
    stack_id: stackId.nullable().describe('null for a stack that does not exist yet'),
    project: z.string(),
    kind: deploymentKind.describe('What a deployment of it is'),
    based_on: deploymentId
      .nullable()
      .describe('The revision that a rollback brings back, or that a change is made from'),
    services: z.array(z.string()).describe('The services it is about'),
    hash: z.string().describe('Keyed, over the wanted bytes, live uids, the differences and the options'),
    applicable: z.boolean().describe('False when `problems` says why it cannot be applied'),
    counts: z.object({
      create: z.int(),
      update: z.int(),
      recreate: z.int(),
      delete: z.int(),
      unchanged: z.int(),
    }),
    objects: z.array(plannedObject).describe('As many as fit one answer; `counts` is of all'),
    next_cursor: z.string().nullable().describe('For the objects that follow; null where there are none'),
    new_namespaces: z.array(z.string()),
    pod_security: z
      .array(
        z.object({
          object: z.string().describe('A workload, `Kind/namespace/name`'),
          needs: podSecurityLevel.describe('The strictest level that takes its pods'),
          enforced: podSecurityLevel.nullable().describe('By the label of the namespace; null where it has none'),
          warned: podSecurityLevel.nullable().describe('Pods beyond it are taken, with a warning'),
        }),
      )
      .describe('Of every workload'),
    problems: z.array(finding),
    warnings: z.array(finding),
    conflicts: z.array(fieldConflict.extend({ object: z.string() })).describe('All conflicts that stand in the way'),
    missing_permissions: z.array(
      z.object({ verb: z.string(), group: z.string(), resource: z.string(), namespace: z.string() }),
    ),
    role_yaml: z.string().nullable().describe('Roles that grant what is missing, to hand to an administrator'),
    options: deployOptions,
    diagnostics: z.array(diagnostic),
    actor: z.string(),
    created_at: timestamp,
    expires_at: timestamp,
    replaces: deploymentId.nullable().describe('The deployment that found its plan stale, for the plan made then'),
  })
  .meta({ id: 'Plan' });

export type PlanData = z.infer<typeof plan>;

/** Workloads whose pods are beyond a level of their namespace: what it enforces, else what it warns of. */
export function podsBeyond({
  pod_security: pods,
}: Pick<PlanData, 'pod_security'>): readonly (PlanData['pod_security'][number] & { readonly refused: boolean })[] {
  const strictness = (level: string | null): number =>
    level === null ? 0 : podSecurityLevel.options.findIndex((each) => each === level);
  return pods
    .map((pod) => ({ ...pod, refused: strictness(pod.enforced) > strictness(pod.needs) }))
    .filter(({ refused, warned, needs }) => refused || strictness(warned) > strictness(needs));
}

/** A plan with the objects of all its pages. */
export async function wholePlan(
  first: PlanData,
  page: (input: { plan_id: string; cursor: string }) => Promise<PlanData>,
): Promise<PlanData> {
  const objects = [...first.objects];
  let cursor = first.next_cursor;
  while (cursor !== null) {
    const next = await page({ plan_id: first.plan_id, cursor });
    objects.push(...next.objects);
    cursor = next.next_cursor;
  }
  return { ...first, objects, next_cursor: null };
}
