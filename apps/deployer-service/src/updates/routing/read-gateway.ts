import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { conditionOf, isJsonObject, listAt, numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import { STREAM_KINDS, type ClassFact, type GatewayFact, type ListenerFact } from './routing-facts.ts';

/** Where routes are to be made. */
export interface RoutePlace {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** As long as Kubernetes lets names be: what a cluster says is bounded before it is passed on. */
const TEXT_MAX = 253;
const PORT_MAX = 65_535;
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

export function readClass(object: KubeObject): ClassFact {
  return {
    name: object.metadata.name,
    controller: textAt(object, ['spec', 'controller']).slice(0, TEXT_MAX),
    isDefault: object.metadata.annotations?.[DEFAULT_CLASS] === 'true',
  };
}

export function readGateway(gateway: KubeObject, place: RoutePlace): GatewayFact {
  const { name, namespace = '' } = gateway.metadata;
  const lets = (rule: unknown, otherwise: 'Same' | 'None'): boolean => letsIn(rule, otherwise, namespace, place);
  const open = listAt(gateway, ['spec', 'listeners']).filter(
    (listener) => isBounded(listener) && lets(valueAt(listener, ['allowedRoutes', 'namespaces']), 'Same'),
  );
  return {
    namespace,
    name,
    listeners: open.filter((listener) => takes(listener, ['HTTPRoute'])).map(readListener),
    streams: open.filter((listener) => takes(listener, STREAM_KINDS)).map(readListener),
    takesListenerSets: lets(valueAt(gateway, ['spec', 'allowedListeners', 'namespaces']), 'None'),
    trouble: troubleOf(gateway),
  };
}

/** True where its answer depends on more of a namespace than its name. */
export function asksForLabels(gateway: KubeObject): boolean {
  return JSON.stringify(gateway.spec ?? {}).includes('"from":"Selector"');
}

function readListener(listener: JsonObject): ListenerFact {
  const hostname = textAt(listener, ['hostname']);
  return {
    name: textAt(listener, ['name']),
    protocol: textAt(listener, ['protocol']),
    port: numberAt(listener, ['port']),
    ...(hostname === '' ? {} : { hostname }),
  };
}

function isBounded(listener: JsonObject): boolean {
  const { name, port, hostname = '' } = readListener(listener);
  return name.length <= TEXT_MAX && hostname.length <= TEXT_MAX && port >= 1 && port <= PORT_MAX;
}

/** What the protocol of a listener may carry; TLS is handed on as it is only where the listener does not end it. */
const CARRIED: Readonly<Record<string, string>> = {
  HTTP: 'HTTPRoute',
  HTTPS: 'HTTPRoute',
  TCP: 'TCPRoute',
  TLS: 'TLSRoute',
  UDP: 'UDPRoute',
};

function takes(listener: JsonObject, wanted: readonly string[]): boolean {
  const { protocol } = readListener(listener);
  const kind = CARRIED[protocol];
  if (kind === undefined || !wanted.includes(kind)) return false;
  if (protocol === 'TLS' && textAt(listener, ['tls', 'mode']) !== 'Passthrough') return false;
  const kinds = listAt(listener, ['allowedRoutes', 'kinds']);
  return kinds.length === 0 || kinds.some((each) => each['kind'] === kind);
}

function letsIn(rule: unknown, otherwise: 'Same' | 'None', home: string, { namespace, labels }: RoutePlace): boolean {
  const from = textAt(rule, ['from']) || otherwise;
  if (from === 'All') return true;
  if (from === 'Same') return namespace === home;
  // Every namespace has its name as a label, also one that is not there yet.
  const selector = valueAt(rule, ['selector']);
  return from === 'Selector' && selects(selector, { ...labels, 'kubernetes.io/metadata.name': namespace });
}

function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const wanted = valueAt(selector, ['matchLabels']);
  const isWanted = isJsonObject(wanted) ? Object.entries(wanted).every(([key, value]) => labels[key] === value) : true;
  return isWanted && listAt(selector, ['matchExpressions']).every((expression) => holds(expression, labels));
}

function holds(expression: JsonObject, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(expression, ['key'])];
  const values = valueAt(expression, ['values']);
  const isAmong = value !== undefined && Array.isArray(values) && values.includes(value);
  const operator = textAt(expression, ['operator']);
  if (operator === 'In') return isAmong;
  if (operator === 'NotIn') return !isAmong;
  return operator === 'Exists' ? value !== undefined : operator === 'DoesNotExist' && value === undefined;
}

function troubleOf(gateway: KubeObject): string | undefined {
  for (const type of ['Accepted', 'Programmed']) {
    const condition = conditionOf(gateway, type);
    if (condition === undefined) return 'no controller has answered for it';
    if (condition.status !== 'True') return `it is not ${type.toLowerCase()}: ${condition.message || condition.reason}`;
  }
  return undefined;
}
