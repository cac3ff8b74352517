import type { Failure } from '@ushadow/deploy-engine';
import type { KubeObject } from '@ushadow/kubernetes';
import { OWNER_ANNOTATION, readOwner } from '@ushadow/kubernetes';
import { readRoute, type RouteFact } from './wanted-routes.ts';

/** A route in the cluster, and whose it is. */
export interface LiveRoute extends RouteFact {
  /** Of the stack that has made it; undefined: nobody's here. */
  readonly project: string | undefined;
}

export function readLiveRoute(object: KubeObject): LiveRoute {
  const mark = object.metadata.annotations?.[OWNER_ANNOTATION];
  return { ...readRoute(object), project: mark === undefined ? undefined : readOwner(mark)?.project };
}

const NAMED_MAX = 10;

/** Addresses that these routes want, and others in the cluster have: which of them is answered nobody says. */
export function takenHosts(
  wanted: readonly RouteFact[],
  live: readonly LiveRoute[],
  own: { readonly namespace: string; readonly project: string },
): Failure[] {
  const keys = new Set(wanted.map(({ key }) => key));
  const isOwn = (route: LiveRoute): boolean =>
    keys.has(route.key) || (route.namespace === own.namespace && route.project === own.project);
  const taken = new Set(wanted.flatMap(({ addresses }) => addresses.map(({ key }) => key)));
  const clashes = live
    .filter((route) => !isOwn(route))
    .flatMap((route) => route.addresses.filter(({ key }) => taken.has(key)).map((address) => ({ address, route })));
  return clashes.slice(0, NAMED_MAX).map(({ address: { host, path }, route }) => ({
    code: 'ROUTE_HOST_TAKEN',
    message: `${host}${path === '/' ? '' : path} is an address of ${route.kind}/${route.name} in namespace ${route.namespace} as well, ${whose(route)}.`,
    remedy: 'choose another host, or another path',
    evidence: [],
  }));
}

function whose({ project }: LiveRoute): string {
  return project === undefined ? 'which is none of a stack' : `which is of the stack ${project}`;
}
