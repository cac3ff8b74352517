import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import {
  formatObjectId,
  isJsonObject,
  KubernetesApiError,
  listAt,
  objectId,
  podSpecOf,
  textAt,
  valueAt,
  groupBy,
} from '@ushadow/kubernetes';
import type { ClusterView } from '@ushadow/diagnose';
import type { DeployEventBody } from '../deploy-event.ts';
import { readinessOf } from '../readiness/readiness-of.ts';
import type { GraphNode } from './apply-graph.ts';
import type { RunContext } from './run-context.ts';
import { readOptions } from './run-context.ts';

type Warning = Extract<DeployEventBody, { type: 'warning' }>;

/** After a success: what nobody can reach all the same. Worth a warning, but no reason to fail. */
export async function warnOfUnreachable(
  nodes: readonly GraphNode[],
  view: ClusterView,
  context: RunContext,
): Promise<void> {
  const withoutEndpoints = await servicesWithoutEndpoints(nodes, context);
  for (const warning of [...missingAddresses(nodes, view), ...unservedRoutes(nodes, view), ...withoutEndpoints])
    context.emit(warning);
}

/** Where no load balancer controller runs the address never comes. */
function missingAddresses(nodes: readonly GraphNode[], view: ClusterView): Warning[] {
  return nodes.flatMap(({ id, object }): Warning[] => {
    if (object.kind !== 'Service' || textAt(object, ['spec', 'type']) !== 'LoadBalancer') return [];
    const live = view.get(id);
    if (live !== undefined && listAt(live, ['status', 'loadBalancer', 'ingress']).length > 0) return [];
    const said =
      live === undefined ? undefined : view.eventsOf(live).findLast(({ reason }) => /LoadBalancer/.test(reason));
    const reason = said?.message ?? 'without a load balancer in the cluster it never gets one';
    const message = `${formatObjectId(id)} has no address yet; ${reason}`;
    return [{ type: 'warning', code: 'LOAD_BALANCER_PENDING', message, object: id, field: 'spec.type' }];
  });
}

const CODES_OF_ROUTES: Readonly<Record<string, 'INGRESS_NO_ADDRESS' | 'ROUTE_UNANSWERED'>> = {
  HTTPRoute: 'ROUTE_UNANSWERED',
  Ingress: 'INGRESS_NO_ADDRESS',
  ListenerSet: 'ROUTE_UNANSWERED',
  TCPRoute: 'ROUTE_UNANSWERED',
  TLSRoute: 'ROUTE_UNANSWERED',
  UDPRoute: 'ROUTE_UNANSWERED',
};

/** Where no controller is there for it, a route counts as ready, and leads nowhere. */
function unservedRoutes(nodes: readonly GraphNode[], view: ClusterView): Warning[] {
  return nodes.flatMap(({ id }): Warning[] => {
    const code = CODES_OF_ROUTES[id.kind];
    const live = view.get(id);
    if (code === undefined || live === undefined) return [];
    const { state, readyAfterMs, message: why } = readinessOf(live);
    if (state !== 'progressing' || readyAfterMs === undefined) return [];
    const message = `${formatObjectId(id)} is not served as yet: ${why}`;
    return [{ type: 'warning', code, message, object: id }];
  });
}

async function servicesWithoutEndpoints(nodes: readonly GraphNode[], context: RunContext): Promise<Warning[]> {
  const workloads = nodes.map(({ object }) => object).filter((object) => podLabels(object) !== undefined);
  // A Service whose pods come from elsewhere, or are wanted none of, may well be empty.
  const services = nodes
    .map(({ object }) => object)
    .filter((object) => object.kind === 'Service' && isJsonObject(valueAt(object, ['spec', 'selector'])))
    .filter((service) => workloads.some((workload) => isSameApp(service, workload)));
  const perNamespace = groupBy(services, ({ metadata }) => metadata.namespace ?? '');
  const found = await Promise.all([...perNamespace].map(([name, members]) => emptyIn(name, members, context)));
  return found.flat().map((service) => explain(service, workloads));
}

async function emptyIn(
  namespace: string,
  services: readonly KubeObject[],
  context: RunContext,
): Promise<readonly KubeObject[]> {
  const names = services.map(({ metadata }) => metadata.name);
  const target = { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice', namespace };
  const labelSelector = `${SERVICE_LABEL} in (${names.join(',')})`;
  try {
    const { items } = await context.cluster.list({ ...target, labelSelector }, readOptions(context));
    return services.filter((service) => !items.some((slice) => serves(slice, service)));
  } catch (error) {
    // Without the right to look there is nothing to say.
    if (error instanceof KubernetesApiError) return [];
    throw error;
  }
}

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** A port of the Service that no pod has by that name is left out of the slice. */
function serves(slice: KubeObject, service: KubeObject): boolean {
  if (slice.metadata.labels?.[SERVICE_LABEL] !== service.metadata.name) return false;
  if (listAt(service, ['spec', 'ports']).length > 0 && listAt(slice, ['ports']).length === 0) return false;
  return listAt(slice, ['endpoints']).some((endpoint) => valueAt(endpoint, ['conditions', 'ready']) !== false);
}

function explain(service: KubeObject, workloads: readonly KubeObject[]): Warning {
  const id = objectId(service);
  const selector = valueAt(service, ['spec', 'selector']) as JsonObject;
  const selected = workloads.filter((workload) => matches(selector, podLabels(workload)));
  const base = { type: 'warning', code: 'NO_READY_ENDPOINTS', object: id } as const;
  const what = `${formatObjectId(id)} leads to no ready pod`;
  if (selected.length > 0) return { ...base, ...explainPorts(what, service, selected) };
  const wanted = Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`);
  return {
    ...base,
    message: `${what}: no pod of this deployment has the labels ${wanted.join(', ')}`,
    field: 'spec.selector',
  };
}

function explainPorts(
  what: string,
  service: KubeObject,
  workloads: readonly KubeObject[],
): { message: string; field: string } {
  const containers = workloads.flatMap((workload) => listAt(podSpecOf(workload), ['containers']));
  const names = containers.flatMap((container) => listAt(container, ['ports']).map((port) => port['name']));
  const ports = listAt(service, ['spec', 'ports']);
  const at = ports.findIndex(({ targetPort }) => typeof targetPort === 'string' && !names.includes(targetPort));
  if (at < 0) return { message: `${what} yet`, field: 'spec.ports' };
  const message = `${what}: no container has a port named ${String(ports[at]?.['targetPort'])}`;
  return { message, field: `spec.ports[${at}].targetPort` };
}

/** The Service is meant for this workload: same name, or selected by it. */
function isSameApp(service: KubeObject, workload: KubeObject): boolean {
  if (service.metadata.namespace !== workload.metadata.namespace || valueAt(workload, ['spec', 'replicas']) === 0)
    return false;
  const selector = valueAt(service, ['spec', 'selector']) as JsonObject;
  return service.metadata.name === workload.metadata.name || matches(selector, podLabels(workload));
}

function podLabels(object: KubeObject): JsonObject | undefined {
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)) return undefined;
  const labels = valueAt(object, ['spec', 'template', 'metadata', 'labels']);
  return isJsonObject(labels) ? labels : {};
}

function matches(selector: JsonObject, labels: JsonObject = {}): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
