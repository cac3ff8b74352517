import type { RouteConditionData, TreeNodeData } from '@ushadow/contracts';
import type { Condition, JsonObject, KubeObject } from '@ushadow/kubernetes';
import { listAt, numberAt, routeParents, textAt, valueAt } from '@ushadow/kubernetes';
import type { Entry } from '../tree/entry.ts';
import { count } from '../tree/tally.ts';
import type { Surroundings, Told } from './surroundings.ts';
import { objectFields, told, withRemark } from './surroundings.ts';

export function endpointNode(entry: Entry, service: KubeObject, around: Surroundings): TreeNodeData {
  const { all, ready } = endpointsOf(entry);
  const clusterIp = textAt(service, ['spec', 'clusterIP']);
  return {
    type: 'endpoint',
    ...objectFields(entry, service, around),
    ...withRemark(judgeService(service, all, ready), entry),
    service_type: textAt(service, ['spec', 'type']) || 'ClusterIP',
    cluster_ip: clusterIp === '' || clusterIp === 'None' ? null : clusterIp,
    addresses: [...balancedAddresses(service), ...externalName(service)],
    ports: listAt(service, ['spec', 'ports']).map(portOf),
    endpoints: all,
    endpoints_ready: ready,
  };
}

/** A pod has an address of each family; the family with the most has all. */
function endpointsOf({ sum }: Entry): { readonly all: number; readonly ready: number } {
  const families = ['IPv4', 'IPv6', 'FQDN'].map((family) => ({
    all: count(sum, `endpoints ${family}`),
    ready: count(sum, `ready ${family}`),
  }));
  return families.reduce((most, each) => (each.all > most.all ? each : most));
}

function judgeService(service: KubeObject, all: number, ready: number): Told {
  const own = told(service);
  if (own.health !== 'ready' || textAt(service, ['spec', 'type']) === 'ExternalName') return own;
  if (all === 0) return { health: 'ready', message: 'no pod is behind it' };
  return ready === 0 ? { health: 'progressing', message: 'none of the pods behind it is ready' } : own;
}

function portOf(port: JsonObject) {
  const target = valueAt(port, ['targetPort']);
  return {
    name: textAt(port, ['name']),
    port: numberAt(port, ['port']),
    target: typeof target === 'string' || typeof target === 'number' ? String(target) : '',
    node_port: numberAt(port, ['nodePort']) || null,
    protocol: textAt(port, ['protocol']) || 'TCP',
  };
}

function externalName(service: KubeObject): string[] {
  const name = textAt(service, ['spec', 'externalName']);
  return name === '' ? [] : [name];
}

function balancedAddresses(object: KubeObject): string[] {
  return listAt(object, ['status', 'loadBalancer', 'ingress'])
    .map((each) => textAt(each, ['hostname']) || textAt(each, ['ip']))
    .filter((address) => address !== '');
}

export function routeNode(entry: Entry, route: KubeObject, around: Surroundings): TreeNodeData {
  const isIngress = route.kind === 'Ingress';
  return {
    type: 'route',
    ...objectFields(entry, route, around),
    ...withRemark(judgeRoute(route), entry),
    hosts: isIngress ? ingressHosts(route) : routeHosts(route),
    addresses: balancedAddresses(route),
    conditions: isIngress ? [] : routeConditions(route),
  };
}

function judgeRoute(route: KubeObject): Told {
  const own = told(route);
  const refusal =
    route.kind === 'HTTPRoute' ? routeConditions(route).find(({ status }) => status === 'False') : undefined;
  if (own.health !== 'progressing' || refusal === undefined) return own;
  const why = refusal.message === '' ? refusal.reason : `${refusal.reason}: ${refusal.message}`;
  return { health: 'failed', message: `${own.message}: ${why}` };
}

function ingressHosts(ingress: KubeObject): string[] {
  return [...new Set(listAt(ingress, ['spec', 'rules']).map((rule) => textAt(rule, ['host']) || '*'))];
}

function routeHosts(route: KubeObject): string[] {
  const hosts = valueAt(route, ['spec', 'hostnames']);
  return Array.isArray(hosts) ? hosts.map(String) : [];
}

function routeConditions(route: KubeObject): RouteConditionData[] {
  return routeParents(route).flatMap(({ kind, namespace, name, accepted, resolved }) => {
    const about = `${kind} ${namespace}/${name}`;
    return [...conditionOf(about, 'Accepted', accepted), ...conditionOf(about, 'ResolvedRefs', resolved)];
  });
}

function conditionOf(about: string, type: string, condition: Condition | undefined): RouteConditionData[] {
  return condition === undefined ? [] : [{ about, type, ...condition }];
}
