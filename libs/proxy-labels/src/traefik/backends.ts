import type { LabelledService } from '../labelled-service.ts';
import type { Find } from '../proxy-reading.ts';
import type { ProxyRoute } from '../proxy-route.ts';
import type { Definition } from './definitions.ts';
import { sayLabel } from './gather.ts';
import { childrenOf, within } from './label-node.ts';
import { flagOf, listOf, portOf } from './values.ts';

/** Where requests go. */
export interface Backend {
  readonly service: LabelledService;
  readonly port: number | undefined;
  readonly scheme: ProxyRoute['scheme'];
  /** After those of the router. */
  readonly middlewares: readonly string[];
}

export type Unreachable = 'outside' | 'broken';

const SCHEMES = new Map<string, ProxyRoute['scheme']>([
  ['', 'http'],
  ['http', 'http'],
  ['https', 'https'],
  ['h2c', 'h2c'],
]);

/** The container itself, where its labels define no service. */
export function ownBackend(service: LabelledService): Backend {
  return { service, port: undefined, scheme: 'http', middlewares: [] };
}

/** What a service of Traefik leads to; said once, whoever uses it. */
export function backendOf({ owner, node }: Definition, find: Find): Backend | Unreachable {
  const balancer = within(node, 'loadbalancer');
  const server = within(balancer, 'server');
  const refuse = (label: string, path: string, expected: string): 'broken' => {
    find({ code: 'CMP1414', path, params: { service: owner.name, label, expected } });
    return 'broken';
  };
  sayUnused({ owner, node }, find);
  if (within(server, 'url') !== undefined) return 'outside';
  const written = within(server, 'port');
  const port = portOf(written?.value);
  if (written !== undefined && port === undefined) {
    return refuse(written.key, written.first.path, 'a port from 1 to 65535');
  }
  const spoken = within(server, 'scheme');
  const scheme = SCHEMES.get((spoken?.value ?? '').toLowerCase());
  if (spoken !== undefined && scheme === undefined) return refuse(spoken.key, spoken.first.path, 'http, https or h2c');
  return { service: owner, port, scheme: scheme ?? 'http', middlewares: listOf(within(node, 'middlewares')) };
}

/** Settings of the balancer, unless they say what is so anyway. */
function sayUnused({ owner, node }: Definition, find: Find): void {
  const balancer = within(node, 'loadbalancer');
  for (const setting of [...childrenOf(node), ...childrenOf(balancer)]) {
    const name = setting.name.toLowerCase();
    if (name === 'loadbalancer' || name === 'server' || name === 'middlewares') continue;
    if (name === 'passhostheader' && flagOf(setting.value) === true) continue;
    sayLabel(owner.name, setting, find);
  }
}
