import type { RouteTarget } from '@ushadow/compiler';
import type { RouteTargetData } from '@ushadow/contracts';

/** How the cluster takes requests, in the compiler's words. */
export function toRouteTarget(data: RouteTargetData): RouteTarget {
  const issuer = data.issuer === undefined ? {} : { issuer: data.issuer };
  if (data.kind === 'ingress')
    return {
      kind: 'ingress',
      ...(data.class_name === undefined ? {} : { className: data.class_name }),
      ...(data.controller === undefined ? {} : { controller: data.controller }),
      ...issuer,
    };
  const listeners = data.listeners?.map(({ hostname, ...listener }) => ({
    ...listener,
    ...(hostname === undefined ? {} : { hostname }),
  }));
  return {
    kind: 'gateway',
    name: data.name,
    namespace: data.namespace,
    ...(listeners === undefined ? {} : { listeners }),
    ...(data.stream_kinds === undefined ? {} : { streamKinds: data.stream_kinds }),
    listenerSets: data.listener_sets,
    ...issuer,
  };
}
