import type { ClusterRoutingData, RouteTargetData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import type { ClassFact, GatewayFact, RoutingFacts } from './routing-facts.ts';

/** How routes are made, and what people should know of that; undefined: Ingresses of no class. */
export interface ChosenRoutes {
  readonly target: RouteTargetData | undefined;
  readonly warnings: readonly Failure[];
}

type Issuer = NonNullable<ClusterRoutingData['issuer']>;

const LISTENERS_MAX = 64;

/** The Gateway that a stack's routes hold on to as they are. */
export interface FormerGateway {
  readonly namespace: string;
  readonly name: string;
  readonly listenerSets: boolean;
}

/**
 * The named Gateway or class; else the default class, the only class, the only Gateway that takes routes from here. Where
 * that is not seen routes stay where they are.
 */
export function chooseRouteTarget(
  settings: ClusterRoutingData,
  facts: RoutingFacts,
  former?: FormerGateway,
): ChosenRoutes {
  const { target, warnings } = choose(settings, facts, former);
  return { target: withIssuer(target, settings.issuer), warnings };
}

function choose(
  { gateway, ingress_class: named }: ClusterRoutingData,
  facts: RoutingFacts,
  former: FormerGateway | undefined,
): ChosenRoutes {
  if (gateway !== null) return byNamedGateway(gateway, facts);
  const { classes, gateways = [] } = facts;
  const controllerOf = (name: string): string | undefined => classes?.find((each) => each.name === name)?.controller;
  if (named !== null) return byClass(named, controllerOf(named));
  // Its name is left to the cluster, which may have another default one day.
  const byDefault = classes?.find(({ isDefault }) => isDefault);
  if (byDefault !== undefined) return byClass(undefined, byDefault.controller);
  const [only, ...others] = classes ?? [];
  if (only !== undefined && others.length === 0) return byClass(only.name, only.controller);
  if (classes === undefined) return { target: stay(former, facts), warnings: notSeen(facts) };
  const open = gateways.filter(({ listeners, takesListenerSets }) => listeners.length > 0 || takesListenerSets);
  const [candidate] = open;
  if (candidate !== undefined && open.length === 1) return byOnlyGateway(candidate, facts);
  return { target: undefined, warnings: [nothingTakesThem(classes, open), ...notSeen(facts)] };
}

function stay(former: FormerGateway | undefined, facts: RoutingFacts): RouteTargetData | undefined {
  if (former === undefined) return undefined;
  const { namespace, name, listenerSets } = former;
  const found = facts.gateways?.find((each) => each.namespace === namespace && each.name === name);
  if (found !== undefined) return byGateway(found, facts).target;
  return { kind: 'gateway', namespace, name, listener_sets: listenerSets };
}

function byClass(className: string | undefined, controller: string | undefined): ChosenRoutes {
  const target = {
    kind: 'ingress' as const,
    ...(className === undefined ? {} : { class_name: className }),
    ...(controller === undefined || controller === '' ? {} : { controller }),
  };
  return { target, warnings: [] };
}

function byNamedGateway({ namespace, name }: { namespace: string; name: string }, facts: RoutingFacts): ChosenRoutes {
  const found = facts.gateways?.find((each) => each.namespace === namespace && each.name === name);
  if (found !== undefined) return byGateway(found, facts);
  const target = { kind: 'gateway' as const, namespace, name, listener_sets: false };
  if (facts.gateways === undefined && facts.servesGateways !== false) return { target, warnings: notSeen(facts) };
  const message =
    facts.servesGateways === false
      ? `Routes are to hold on to Gateway ${namespace}/${name}, but the cluster does not know Gateways.`
      : `Routes are to hold on to Gateway ${namespace}/${name}, which does not exist.`;
  const remedy = 'make it, or name another one in the settings of the cluster';
  return { target, warnings: [{ code: 'ROUTE_GATEWAY_MISSING', message, remedy, evidence: [] }] };
}

function byGateway(gateway: GatewayFact, { servesListenerSets, streamKinds }: RoutingFacts): ChosenRoutes {
  const { namespace, name, listeners, streams, takesListenerSets, trouble } = gateway;
  const target = {
    kind: 'gateway' as const,
    namespace,
    name,
    listeners: [...listeners, ...streams].slice(0, LISTENERS_MAX).map((listener) => ({ ...listener })),
    ...(streamKinds.length === 0 ? {} : { stream_kinds: [...streamKinds] }),
    listener_sets: servesListenerSets && takesListenerSets,
  };
  const refuses = listeners.length === 0 ? 'none of its listeners takes routes of this namespace' : undefined;
  const why = trouble ?? refuses;
  if (why === undefined) return { target, warnings: [] };
  const message = `Gateway ${namespace}/${name} does not serve the routes as yet: ${why}.`;
  const remedy = `kubectl -n ${namespace} describe gateway ${name}`;
  return { target, warnings: [{ code: 'ROUTE_GATEWAY_NOT_READY', message, remedy, evidence: [] }] };
}

function byOnlyGateway(gateway: GatewayFact, facts: RoutingFacts): ChosenRoutes {
  const { target, warnings } = byGateway(gateway, facts);
  const message = `Routes hold on to Gateway ${gateway.namespace}/${gateway.name}: it is the only one that takes them.`;
  const remedy = 'name it in the settings of the cluster, so that it stays so when another one comes';
  return { target, warnings: [{ code: 'ROUTE_GATEWAY_CHOSEN', message, remedy, evidence: [] }, ...warnings] };
}

function nothingTakesThem(classes: readonly ClassFact[], gateways: readonly GatewayFact[]): Failure {
  const choices = [
    ...classes.map(({ name }) => `ingress class ${name}`),
    ...gateways.map(({ namespace, name }) => `Gateway ${namespace}/${name}`),
  ];
  const message =
    choices.length === 0
      ? 'The cluster has neither an ingress controller nor a Gateway that takes routes of this namespace: they lead nowhere.'
      : `Nothing says what takes the routes, and nothing is the default: there are ${choices.join(', ')}.`;
  const remedy =
    choices.length === 0
      ? 'install an ingress controller or a Gateway'
      : 'name one of them in the settings of the cluster';
  return { code: 'ROUTE_NO_CONTROLLER', message, remedy, evidence: [] };
}

function notSeen({ unseen }: RoutingFacts): Failure[] {
  if (unseen.length === 0) return [];
  const message = `Not seen of what takes requests from outside: ${unseen.join(', ')}.`;
  const remedy = 'grant the right to read it, or name a Gateway or an ingress class in the settings of the cluster';
  return [{ code: 'ROUTE_NOT_SEEN', message, remedy, evidence: [] }];
}

/** Also where nothing takes the routes: what they ask for stays the same. */
function withIssuer(target: RouteTargetData | undefined, issuer: Issuer | null): RouteTargetData | undefined {
  return issuer === null ? target : { ...(target ?? { kind: 'ingress' }), issuer };
}
