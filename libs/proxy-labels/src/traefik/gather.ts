import type { Entry, LabelledService } from '../labelled-service.ts';
import { nearest } from '../nearest.ts';
import type { Find } from '../proxy-reading.ts';
import { areTaken } from './check-labels.ts';
import { TRAEFIK } from './known-labels.ts';
import type { LabelNode, Placed } from './label-node.ts';
import { childrenOf, isSplittable, labelTree, within } from './label-node.ts';
import type { ProxySettings } from './proxy-settings.ts';
import { flagOf } from './values.ts';

/** The labels below `traefik` of a service, where Traefik would take them; what is not carried over is said. */
export function gather(service: LabelledService, settings: ProxySettings, find: Find): LabelNode | undefined {
  const labels = service.labels
    .map((label, at): Placed => ({ ...label, at }))
    .filter(({ key }) => /^traefik\./i.test(key));
  if (labels.length === 0) return undefined;
  const enabled = enabledBy(labels);
  if (enabled === false) return undefined;
  if (enabled === undefined && !settings.exposedByDefault) {
    sayNotEnabled(service, labels, find);
    return undefined;
  }
  const kept = keptOf(service, labels, find);
  const tree = kept === undefined ? undefined : labelTree(kept, 'traefik');
  if (tree === undefined || !areTaken(service.name, tree, find) || !areBalanced(service.name, tree, find))
    return undefined;
  sayNotCarried(service, tree, find);
  return tree;
}

/** Labels define services by their load balancers; for one without, Traefik refuses all. */
function areBalanced(service: string, tree: LabelNode, find: Find): boolean {
  const without = childrenOf(within(tree, 'http', 'services')).find(
    (node) => within(node, 'loadbalancer') === undefined,
  );
  if (without === undefined) return true;
  const { key: label, first } = without;
  const expected = 'a load balancer, as in loadbalancer.server.port';
  find({ code: 'CMP1414', path: first.path, params: { service, label, expected } });
  return false;
}

/** The last one counts; what is no flag is found later. */
function enabledBy(labels: readonly Entry[]): boolean | 'unclear' | undefined {
  const said = labels.findLast(({ key }) => key.toLowerCase() === 'traefik.enable');
  return said === undefined ? undefined : (flagOf(said.value) ?? 'unclear');
}

function sayNotEnabled(service: LabelledService, labels: readonly Placed[], find: Find): void {
  const routers = childrenOf(within(labelTree(labels.filter(isHttp), 'traefik'), 'http', 'routers'));
  const [first] = routers;
  if (first === undefined) return;
  const names = routers.map(({ name }) => name);
  find({ code: 'CMP1417', path: first.first.path, params: { service: service.name, routers: names } });
}

function isHttp({ key }: Entry): boolean {
  return /^traefik\.http\./i.test(key);
}

/** Of Traefik 1. */
const FORMER = /^(?:frontend|backend|port|protocol|weight|domain|entrypoints|[\w-]+\.(?:frontend|backend|port)\b)/;

/** Labels that Traefik looks at; undefined where it refuses one before it knows what it says. */
function keptOf(service: LabelledService, labels: readonly Placed[], find: Find): readonly Placed[] | undefined {
  const kept: Placed[] = [];
  let isRefused = false;
  for (const label of labels) {
    const { key, path } = label;
    const rest = key.slice('traefik.'.length);
    const [second = ''] = rest.split('.');
    const params = { service: service.name, label: key };
    if (Object.hasOwn(TRAEFIK.fields, second.toLowerCase())) {
      const isRight = key.startsWith('traefik.');
      if (isRight && isSplittable(key)) {
        kept.push(label);
        continue;
      }
      isRefused = true;
      if (isRight) find({ code: 'CMP1413', path, params: { ...params, refused: true } });
      else find({ code: 'CMP1412', path, params: { ...params, nearest: `traefik.${rest}`, refused: true } });
    } else if (FORMER.test(rest)) {
      find({ code: 'CMP1418', path, params });
    } else {
      // Others may be what the proxy's constraints ask for.
      const near = nearest(second, Object.keys(TRAEFIK.fields));
      if (near === undefined) continue;
      const meant = `traefik.${near}${rest.slice(second.length)}`;
      find({ code: 'CMP1412', path, params: { ...params, nearest: meant, refused: false } });
    }
  }
  return isRefused ? undefined : kept;
}

function sayNotCarried(service: LabelledService, tree: LabelNode, find: Find): void {
  for (const protocol of ['tcp', 'udp']) {
    const [alone] = childrenOf(within(tree, protocol, 'services'));
    if (alone === undefined || within(tree, protocol, 'routers') !== undefined) continue;
    const params = { service: service.name, protocol: protocol.toUpperCase(), route: alone.name };
    find({ code: 'CMP1415', path: alone.first.path, params: { ...params, reason: 'no router leads to it' } });
  }
  const others = [
    within(tree, 'tls'),
    within(tree, 'docker', 'lbswarm'),
    within(tree, 'swarm', 'lbswarm'),
    ...childrenOf(within(tree, 'http')).filter(({ name }) => /^(?:serverstransports|models)$/i.test(name)),
  ];
  for (const node of others) {
    if (node !== undefined) sayLabel(service.name, node, find);
  }
}

export function sayLabel(service: string, node: LabelNode, find: Find): void {
  find({ code: 'CMP1416', path: node.first.path, params: { service, label: node.key } });
}
