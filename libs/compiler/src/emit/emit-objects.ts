import type { KubeObject } from '@ushadow/kubernetes';
import { compareForApply, objectId } from '@ushadow/kubernetes';
import type { PlannedService } from '../model/plan.ts';
import { emitClaim } from './claim.ts';
import type { EmitContext } from './emit-context.ts';
import { emitEnvironmentSets } from './environment-sets.ts';
import { emitFileSet } from './file-sets.ts';
import { MANAGED_BY } from './metadata.ts';
import { emitAlias } from './alias-service.ts';
import { emitAutoscaler, emitDisruptionBudget } from './autoscaler.ts';
import { emitNetworkPolicy, emitServicePolicy } from './network-policy.ts';
import { emitRoute } from './route.ts';
import { emitOutwardService, emitService } from './service.ts';
import type { DraftRecord, Settled, Sourced } from './sourced.ts';
import { settle } from './sourced.ts';
import { emitWaitAccess } from './waits.ts';
import { emitWorkload } from './workload.ts';

export interface EmittedObject {
  readonly object: KubeObject;
  readonly sources: Settled['sources'];
  /** The patch that changed it last. */
  readonly patchedBy?: string;
}

/** Every object of the plan, in the order in which they are to be applied. */
export function emitObjects(context: EmitContext): readonly EmittedObject[] {
  const { plan, options } = context;
  const drafts: (DraftRecord | Sourced)[] = [
    ...(options.createNamespace === true ? [emitNamespace(options.namespace)] : []),
    ...plan.services.flatMap((planned) => emitForService(planned, context)),
    ...plan.aliases
      .filter(({ name }) => !context.endpoints.has(name))
      .map((alias) => emitAlias(alias, context))
      .filter((draft) => draft !== undefined),
    ...plan.isolation.map((rule) => emitNetworkPolicy(rule, context)),
    ...plan.fileSets.map((set) => emitFileSet(set, context)),
    ...plan.stores
      .filter(({ external, perReplicaOf }) => !external && perReplicaOf === undefined)
      .map((store) => emitClaim(store, context)),
  ];
  return drafts
    .map((draft) => {
      const { value, sources } = settle(draft);
      return { object: value as KubeObject, sources };
    })
    .sort((a, b) => compareForApply(objectId(a.object), objectId(b.object)));
}

function emitForService(planned: PlannedService, context: EmitContext): readonly Sourced[] {
  const sets = emitEnvironmentSets(planned, context);
  if (planned.host !== planned.service.name) return planned.named ? [...sets, emitService(planned, context)] : sets;
  const optional = [
    emitOutwardService(planned, context),
    emitRoute(planned, context),
    emitAutoscaler(planned, context),
    emitDisruptionBudget(planned, context),
    context.options.networkPolicies === true ? emitServicePolicy(planned, context) : undefined,
  ];
  return [
    ...sets,
    ...emitWaitAccess(planned, context),
    emitWorkload(planned, context),
    emitService(planned, context),
    ...optional.filter((draft) => draft !== undefined),
  ];
}

/** A namespace that is ours to create carries nothing but whose it is. */
function emitNamespace(name: string): DraftRecord {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
  };
}
