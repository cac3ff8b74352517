import type { TestCluster } from '@ushadow/testing';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const tools = process.env['USHADOW_TOOLS'] ?? resolve(repository, '../shared/tools');
const definitions = resolve(tools, 'gateway-api/standard-1.6.3.yaml');

/** Why tests of the Gateway API cannot be run; undefined: they can. */
export const gatewayApiMissing = existsSync(definitions)
  ? undefined
  : 'the definitions of the Gateway API are not there (USHADOW_TOOLS)';

const API = '/apis/gateway.networking.k8s.io/v1';
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Makes the kinds of the Gateway API known to a cluster, and waits until it serves them. */
export async function installGatewayApi({ api }: TestCluster): Promise<void> {
  const objects = parseAllDocuments(readFileSync(definitions, 'utf8')).map(
    (document) => document.toJS() as { kind: string; metadata: { name: string } } | null,
  );
  for (const object of objects) {
    if (object?.kind !== 'CustomResourceDefinition') continue;
    await api.apply(`${DEFINITIONS}/${object.metadata.name}`, object, 'test');
  }
  for (const plural of ['gateways', 'httproutes', 'listenersets']) {
    for (const deadline = Date.now() + 30_000; ;) {
      if ((await api.get(`${API}/${plural}`)).status === 200) break;
      if (Date.now() > deadline) throw new Error(`${plural} are not served`);
    }
  }
}

export const gatewayPath = (namespace: string, plural: string, name: string): string =>
  `${API}/namespaces/${namespace}/${plural}/${name}`;

interface GatewayOptions {
  readonly namespace: string;
  readonly name: string;
  /** Namespaces whose routes and ListenerSets it takes. */
  readonly takes: string;
}

/** A Gateway that its controller has accepted, for one other namespace. */
export async function makeGateway({ api }: TestCluster, { namespace, name, takes }: GatewayOptions): Promise<void> {
  const selector = { matchLabels: { 'kubernetes.io/metadata.name': takes } };
  const identity = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace },
  };
  const path = gatewayPath(namespace, 'gateways', name);
  const spec = {
    gatewayClassName: 'test',
    allowedListeners: { namespaces: { from: 'Selector', selector } },
    listeners: [
      { name: 'web', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Selector', selector } } },
    ],
  };
  await api.apply(path, { ...identity, spec }, 'test');
  await api.apply(`${path}/status`, { ...identity, status: { conditions: saying('Accepted', 'Programmed') } }, 'test');
}

/** Conditions that say yes; `Type=Reason` says no. */
export function saying(...types: readonly string[]): object[] {
  return types.map((text) => {
    const [type = '', reason] = text.split('=');
    const status = reason === undefined ? 'True' : 'False';
    const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, '');
    return { type, status, reason: reason ?? type, message: `said of ${type}`, lastTransitionTime };
  });
}

interface LiveRoute {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly parentRefs: readonly object[] };
}

/** Answers for a route as the controller of its Gateways would, once it is written. */
export async function answerRoute(
  { api }: TestCluster,
  namespace: string,
  name: string,
  ...types: readonly string[]
): Promise<void> {
  const path = gatewayPath(namespace, 'httproutes', name);
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const { status, body } = await api.get(path);
    if (status !== 200) continue;
    const { metadata, spec } = body as LiveRoute;
    const conditions = saying(...types).map((condition) => ({ ...condition, observedGeneration: metadata.generation }));
    const parents = spec.parentRefs.map((parentRef) => ({ parentRef, controllerName: 'example.org/test', conditions }));
    const identity = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace } };
    await api.apply(`${path}/status`, { ...identity, status: { parents } }, 'test');
    return;
  }
  throw new Error(`HTTPRoute ${name} was never written`);
}
