import type { KubeObject } from '@ushadow/kubernetes';
import { inApplyOrder, objectId } from '@ushadow/kubernetes';
import type { Design, DesignedService, Store } from '../model/design.ts';
import { emitClaim } from './claim.ts';
import type { EmitContext } from './emit-context.ts';
import { emitEnvironmentSets } from './environment-sets.ts';
import { emitFileSet } from './file-sets.ts';
import { MANAGED_BY } from './metadata.ts';
import { emitAlias } from './alias-service.ts';
import { emitAutoscaler, emitDisruptionBudget } from './autoscaler.ts';
import { emitNetworkPolicy, emitServicePolicy } from './network-policy.ts';
import { emitListenerSet, secureHosts } from './routes/listener-set.ts';
import { emitRoutes } from './routes/emit-routes.ts';
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

/** Every object that one of these services wants, and those of nobody, in the order in which they are to be applied. */
export function emitObjects(context: EmitContext, wanted: ReadonlySet<string>): readonly EmittedObject[] {
  const { design, target, options } = context;
  const shares = sharesOf(context);
  const isWanted = (services: readonly string[]): boolean =>
    services.length === 0 || services.some((service) => wanted.has(service));
  const wantedBy = <T>(
    things: readonly T[],
    sharesOfThing: (thing: T) => readonly string[],
    emit: (thing: T, context: EmitContext) => Sourced | undefined,
  ): readonly Drafted[] =>
    things.flatMap((thing) => {
      const services = sharesOfThing(thing);
      return isWanted(services) ? drafted(emit(thing, context), services) : [];
    });
  const aliases = design.aliases.filter(({ name }) => !context.endpoints.has(name));
  const fileSets = design.fileSets.filter(({ naming }) => naming !== 'external');
  const drafts: Drafted[] = [
    ...(options.createNamespace === true ? [{ draft: emitNamespace(target.namespace), services: [] }] : []),
    ...design.services
      .filter((designed) => isWanted(shares.ofPod(designed)))
      .flatMap((designed) => emitForService(designed, context, shares)),
    ...wantedBy(aliases, shares.ofAlias, emitAlias),
    ...emitListenerSets(context).filter(({ services }) => isWanted(services)),
    ...wantedBy(design.isolation, shares.ofNetwork, emitNetworkPolicy),
    ...wantedBy(fileSets, shares.ofFileSet, emitFileSet),
    ...wantedBy(claims(design), shares.ofStore, emitClaim),
  ];
  const emitted = drafts.map(({ draft, services }) => {
    const { value, sources } = settle(draft);
    return { object: value as KubeObject, services, sources };
  });
  return inApplyOrder(emitted, ({ object }) => objectId(object));
}

function emitListenerSets(context: EmitContext): readonly Drafted[] {
  const { routes } = context.target;
  if (routes?.kind !== 'gateway') return [];
  return secureHosts(context.design.services, routes).map((host) => ({
    draft: emitListenerSet(host, routes, context),
    services: host.services,
  }));
}

/** Two that an earlier deployment left in one claim are one. */
function claims({ stores }: Design): readonly Store[] {
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

function emitForService(designed: DesignedService, context: EmitContext, shares: Shares): readonly Drafted[] {
  const pod = shares.ofPod(designed);
  const sets = emitEnvironmentSets(designed, context).flatMap((draft) => drafted(draft, pod));
  if (designed.host !== designed.service.name) {
    const routes = emitRoutes(designed, context);
    const names = designed.named
      ? [
          emitService(designed, context),
          emitOutwardService(designed, context),
          emitReadyService(designed, context),
          ...routes,
        ]
      : routes;
    return [...sets, ...names.flatMap((draft) => drafted(draft, [designed.service.name]))];
  }
  const optional = [
    emitOutwardService(designed, context),
    emitReadyService(designed, context),
    ...emitRoutes(designed, context),
    emitAutoscaler(designed, context),
    emitDisruptionBudget(designed, context),
    context.target.policies?.networks === true ? emitServicePolicy(designed, context) : undefined,
  ];
  const own = [
    ...emitWaitAccess(designed, context),
    emitWorkload(designed, context),
    emitService(designed, context),
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
