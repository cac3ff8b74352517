import type { DeploymentSpec, IngressSpec, Target, WorkloadKindName } from '../compile-input.ts';
import type { RouteSettings, Settings, WorkloadKind } from '../model/settings.ts';

/** Kinds of Kubernetes by what they do. */
export const WORKLOAD_KINDS: Readonly<Record<WorkloadKindName, WorkloadKind>> = {
  Deployment: 'replicated',
  StatefulSet: 'stateful',
  DaemonSet: 'per-node',
  Job: 'run-once',
  CronJob: 'scheduled',
};

/** The deployment spec as settings. */
export function settingsFromSpec(spec: DeploymentSpec, { routes }: Target): Settings {
  const { ingress, dns, resources } = spec;
  return withoutUndefined({
    kind: spec.kind === undefined ? undefined : WORKLOAD_KINDS[spec.kind],
    replicas: spec.replicas,
    requests: resources?.requests === undefined ? undefined : amounts(resources.requests),
    limits: resources?.limits === undefined ? undefined : amounts(resources.limits),
    exposure: spec.serviceType,
    healthCheckPath: spec.healthCheckPath,
    route: ingress === undefined ? undefined : ingress.enabled ? routeFromIngress(ingress, routes) : null,
    publicAt: spec.publicAt,
    withoutFilters: spec.withoutFilters,
    annotations: spec.annotations,
    labels: spec.labels,
    nodeName: spec.nodeName,
    nodeSelector: spec.nodeSelector,
    dnsPolicy: dns?.policy,
    ndots: dns?.ndots,
    autoscale: spec.autoscale,
    disruption: spec.disruption,
    schedule: spec.schedule === undefined ? undefined : { cron: spec.schedule },
    pullPolicy: spec.pullPolicy,
    pullSecrets: spec.pullSecrets,
    serviceAccount: spec.serviceAccount,
    storage: spec.storage,
  });
}

function routeFromIngress(ingress: IngressSpec, routes: Target['routes']): RouteSettings {
  const path = ingress.path ?? '/';
  const className = ingress.className ?? (routes?.kind === 'ingress' ? routes.className : undefined);
  return {
    rules: [ingress.host === undefined || ingress.host === '' ? { path } : { host: ingress.host, path }],
    tls: ingress.tls === true,
    ...(ingress.tlsSecret === undefined ? {} : { tlsSecret: ingress.tlsSecret }),
    ...(className === undefined ? {} : { className }),
    ...(ingress.annotations === undefined ? {} : { annotations: ingress.annotations }),
  };
}

function amounts(all: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Drops what nobody said, so that a later spread does not erase an earlier word. */
export function withoutUndefined<T extends object>(value: Loose<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
