import type { CertificateIssuer } from '../../compile-input.ts';
import type { DesignedService } from '../../model/design.ts';
import type { Route, RouteMatch } from '../../model/routes.ts';
import { isMade } from '../../routes/fit.ts';
import type { EmitContext } from '../emit-context.ts';
import { metadata, serviceLabels, userAnnotations } from '../metadata.ts';
import type { Draft, Sourced } from '../sourced.ts';
import { from, some } from '../sourced.ts';

/** One Ingress for all routes of a service: each host has paths of its own there. */
export function emitIngress(designed: DesignedService, context: EmitContext): Sourced | undefined {
  const target = context.target.routes?.kind === 'ingress' ? context.target.routes : undefined;
  const { name, settings } = designed;
  const routes = designed.routes.filter(isMade);
  const [first] = routes;
  if (first === undefined) return undefined;
  const isSecure = routes.some(({ tls }) => tls !== undefined);
  const issuer = isSecure && target?.issuer !== undefined ? issuerAnnotation(target.issuer) : {};
  const annotations = { ...settings.annotations, ...issuer, ...first.annotations };
  return from(first.path, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(name, context, serviceLabels(designed, context), userAnnotations(annotations)),
    spec: {
      ingressClassName: first.className ?? target?.className,
      tls: tlsOf(name, routes),
      rules: rulesOf(routes),
    },
  });
}

export function issuerAnnotation({ kind, name }: CertificateIssuer): Readonly<Record<string, string>> {
  return { [`cert-manager.io/${kind === 'Issuer' ? 'issuer' : 'cluster-issuer'}`]: name };
}

function tlsOf(name: string, routes: readonly Route[]): Draft {
  const secure = routes.filter(({ tls }) => tls !== undefined);
  const [first] = secure;
  if (first === undefined) return undefined;
  const hosts = [...new Set(secure.flatMap((route) => route.hosts))];
  const secretName = first.tls?.secretName ?? (hosts.length > 0 ? `${name}-tls` : undefined);
  return [{ hosts: some(hosts), secretName: secretName === '' ? undefined : secretName }];
}

function rulesOf(routes: readonly Route[]): Draft {
  const byHost = new Map<string | undefined, Map<string, Draft>>();
  // Of two that take the same requests, the one that the proxy would ask first has them.
  const inOrder = routes.toSorted((a, b) => (b.router?.priority ?? 0) - (a.router?.priority ?? 0));
  for (const route of inOrder) {
    for (const host of route.hosts.length === 0 ? [undefined] : route.hosts) {
      const paths = byHost.get(host) ?? new Map<string, Draft>();
      for (const { path } of route.fit.matches)
        if (!paths.has(pathKey(path))) paths.set(pathKey(path), pathOf(path, route));
      byHost.set(host, paths);
    }
  }
  return [...byHost].map(([host, paths]): Draft => ({ host, http: { paths: [...paths.values()] } }));
}

const pathKey = ({ kind, value }: RouteMatch['path']): string => `${kind} ${value}`;

function pathOf({ kind, value }: RouteMatch['path'], { backend, endpoint, path }: Route): Draft {
  const pathType = kind === 'exact' ? 'Exact' : 'Prefix';
  return from(path, { path: value, pathType, backend: { service: { name: endpoint, port: { name: backend.name } } } });
}
