import type { PlannedService } from '../model/plan.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, serviceLabels, userAnnotations } from './metadata.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The service's Ingress, when a route was asked for. */
export function emitIngress(planned: PlannedService, context: EmitContext): Sourced | undefined {
  const { route, ports } = planned;
  const backend = ports.find(
    ({ port, protocol }) => protocol === 'tcp' && (route?.port === undefined || route.port === port),
  );
  if (route === undefined || backend === undefined) return undefined;
  const hosts = [...new Set(route.rules.flatMap(({ host }) => (host === undefined ? [] : [host])))];
  const service = { name: planned.endpoint, port: { name: backend.name } };
  const paths = (host: string | undefined): readonly Draft[] =>
    route.rules
      .filter((rule) => rule.host === host)
      .map(({ path }) => ({ path, pathType: 'Prefix', backend: { service } }));
  const rules = [...new Set(route.rules.map(({ host }) => host))].map((host): Draft => ({
    host,
    http: { paths: paths(host) },
  }));
  return from(planned.service.path, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(
      planned.name,
      context,
      serviceLabels(planned, context),
      userAnnotations({ ...planned.settings.annotations, ...route.annotations }),
    ),
    spec: {
      ingressClassName: route.className ?? context.options.ingressClass,
      tls: route.tls
        ? [
            {
              hosts: some(hosts),
              secretName: route.tlsSecret ?? (hosts.length > 0 ? `${planned.name}-tls` : undefined),
            },
          ]
        : undefined,
      rules,
    },
  });
}
