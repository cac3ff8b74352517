import type { KubeObject } from '@ushadow/kubernetes';
import { inApplyOrder, objectId } from '@ushadow/kubernetes';
import type { Plan, PlannedService, Store } from '../model/plan.ts';
import { emitClaim } from './claim.ts';
import type { EmitContext } from './emit-context.ts';
import { emitEnvironmentSets } from './environment-sets.ts';
import { emitFileSet } from './file-sets.ts';
import { MANAGED_BY } from './metadata.ts';
import { emitAlias } from './alias-service.ts';
import { emitAutoscaler, emitDisruptionBudget } from './autoscaler.ts';
import { emitNetworkPolicy, emitServicePolicy } from './network-policy.ts';
import { emitRoute } from './route.ts';
import { emitOutwardService } from './outward-service.ts';
import { emitService } from './service.ts';
import type { Shares } from './shares.ts';
import { sharesOf } from './shares.ts';
import type { DraftRecord, Settled, Sourced } from './sourced.ts';
import { settle } from './sourced.ts';
import { emitReadyService, emitWaitAccess } from './waits.ts';
import { emitWorkload } from './workload.ts';

export interface EmittedObject {
  readonly object: KubeObject;
  /** Services that want it; a namespace belongs to none. */
  readonly services: readonly string[];
  readonly sources: Settled['sources'];
  /** The patch that changed it last. */
  readonly patchedBy?: string;
}

/** Every object of the plan, in the order in which they are to be applied. */
export function emitObjects(context: EmitContext): readonly EmittedObject[] {
  const { plan, options } = context;
  const shares = sharesOf(context);
  const drafts: Drafted[] = [
    ...(options.createNamespace === true ? [{ draft: emitNamespace(options.namespace), services: [] }] : []),
    ...plan.services.flatMap((planned) => emitForService(planned, context, shares)),
    ...plan.aliases
      .filter(({ name }) => !context.endpoints.has(name))
      .flatMap((alias) => drafted(emitAlias(alias, context), shares.ofAlias(alias))),
    ...plan.isolation.flatMap((rule) => drafted(emitNetworkPolicy(rule, context), shares.ofNetwork(rule))),
    ...plan.fileSets
      .filter(({ naming }) => naming !== 'external')
      .flatMap((set) => drafted(emitFileSet(set, context), shares.ofFileSet(set))),
    ...claims(plan).flatMap((store) => drafted(emitClaim(store, context), shares.ofStore(store))),
  ];
  const emitted = drafts.map(({ draft, services }) => {
    const { value, sources } = settle(draft);
    return { object: value as KubeObject, services, sources };
  });
  return inApplyOrder(emitted, ({ object }) => objectId(object));
}

/** Two that an earlier deployment left in one claim are one. */
function claims({ stores }: Plan): readonly Store[] {
  const own = stores.filter(({ external, perReplicaOf }) => !external && perReplicaOf === undefined);
  return [...new Map(own.map((store) => [store.name, store])).values()];
}

interface Drafted {
  readonly draft: DraftRecord | Sourced;
  readonly services: readonly string[];
}

function drafted(draft: Sourced | undefined, services: readonly string[]): readonly Drafted[] {
  return draft === undefined ? [] : [{ draft, services }];
}

function emitForService(planned: PlannedService, context: EmitContext, shares: Shares): readonly Drafted[] {
  const pod = shares.ofPod(planned);
  const sets = emitEnvironmentSets(planned, context).flatMap((draft) => drafted(draft, pod));
  if (planned.host !== planned.service.name) {
    if (!planned.named) return sets;
    const names = [
      emitService(planned, context),
      emitOutwardService(planned, context),
      emitReadyService(planned, context),
    ];
    return [...sets, ...names.flatMap((draft) => drafted(draft, [planned.service.name]))];
  }
  const optional = [
    emitOutwardService(planned, context),
    emitReadyService(planned, context),
    emitRoute(planned, context),
    emitAutoscaler(planned, context),
    emitDisruptionBudget(planned, context),
    context.options.networkPolicies === true ? emitServicePolicy(planned, context) : undefined,
  ];
  const own = [
    ...emitWaitAccess(planned, context),
    emitWorkload(planned, context),
    emitService(planned, context),
    ...optional,
  ];
  return [...sets, ...own.flatMap((draft) => drafted(draft, pod))];
}

/** A namespace that is ours to create carries nothing but whose it is. */
function emitNamespace(name: string): DraftRecord {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } },
  };
}
