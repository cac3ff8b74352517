import type { RouteTarget } from '../compile-input.ts';
import type { DesignedService } from '../model/design.ts';
import type { RouteSettings } from '../model/settings.ts';
import { routePort } from '../reach/published-ports.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, serviceLabels, userAnnotations } from './metadata.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The way in from outside: an Ingress, or an HTTPRoute where a Gateway is named. Only when a route was asked for. */
export function emitRoute(designed: DesignedService, context: EmitContext): Sourced | undefined {
  const { route } = designed;
  const backend = routePort(designed);
  if (route === undefined || backend === undefined) return undefined;
  const hosts = [...new Set(route.rules.flatMap(({ host }) => (host === undefined ? [] : [host])))];
  const meta = metadata(
    designed.name,
    context,
    serviceLabels(designed, context),
    userAnnotations({ ...designed.settings.annotations, ...route.annotations }),
  );
  const { routes } = context.target;
  const spec =
    routes?.kind === 'gateway'
      ? httpRouteSpec(designed, route, hosts, backend.port, routes)
      : ingressSpec(designed, route, hosts, backend.name, routes?.className);
  const kind =
    routes?.kind === 'gateway'
      ? { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' }
      : { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
  return from(designed.service.path, { ...kind, metadata: meta, spec });
}

function ingressSpec(
  designed: DesignedService,
  route: RouteSettings,
  hosts: readonly string[],
  port: string,
  className: string | undefined,
): Draft {
  const backend = { service: { name: designed.endpoint, port: { name: port } } };
  const paths = (host: string | undefined): readonly Draft[] =>
    route.rules.filter((rule) => rule.host === host).map(({ path }) => ({ path, pathType: 'Prefix', backend }));
  const secretName = route.tlsSecret ?? (hosts.length > 0 ? `${designed.name}-tls` : undefined);
  return {
    ingressClassName: route.className ?? className,
    tls: route.tls ? [{ hosts: some(hosts), secretName: secretName === '' ? undefined : secretName }] : undefined,
    rules: [...new Set(route.rules.map(({ host }) => host))].map((host): Draft => ({
      host,
      http: { paths: paths(host) },
    })),
  };
}

function httpRouteSpec(
  designed: DesignedService,
  route: RouteSettings,
  hosts: readonly string[],
  port: number,
  gateway: Extract<RouteTarget, { kind: 'gateway' }>,
): Draft {
  const paths = [...new Set(route.rules.map(({ path }) => path))];
  return {
    parentRefs: [{ name: gateway.name, namespace: gateway.namespace }],
    hostnames: some(hosts),
    rules: paths.map((path) => ({
      matches: [{ path: { type: 'PathPrefix', value: path } }],
      backendRefs: [{ name: designed.endpoint, port }],
    })),
  };
}
