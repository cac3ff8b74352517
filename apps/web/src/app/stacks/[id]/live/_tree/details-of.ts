import type { TreeNodeData } from '@ushadow/contracts';
import { absoluteTime } from '../../../../../ui/format.ts';

type Detail = readonly [name: string, text: string];
type Port = Extract<TreeNodeData, { type: 'endpoint' }>['ports'][number];

/** All that is known of a node, name by name; what is not known is left out. */
export function detailsOf(node: TreeNodeData): Detail[] {
  const created: Detail[] =
    'created_at' in node ? [['Created', node.created_at === null ? '' : absoluteTime(node.created_at)]] : [];
  return [...ownDetails(node), ...created].filter(([, text]) => text !== '');
}

function ownDetails(node: TreeNodeData): Detail[] {
  switch (node.type) {
    case 'service':
      return [
        ['Pods', `${String(node.pods_ready)} of ${String(node.pods)} ready`],
        ['Restarts', String(node.restarts)],
      ];
    case 'workload':
      return [
        ['Pods', `${String(node.pods_ready)} of ${String(node.wanted ?? node.pods)} ready`],
        ['Restarts', String(node.restarts)],
        ['Former ReplicaSets', node.former === 0 ? '' : String(node.former)],
        ['Schedule', node.schedule ?? ''],
      ];
    case 'replica-set':
      return [
        ['Revision', node.revision],
        ['Pods', `${String(node.pods_ready)} of ${String(node.wanted)} ready`],
      ];
    case 'pod':
      return [
        ['Phase', node.phase],
        ['Node', node.node ?? 'none yet'],
        ['Address', node.ip ?? ''],
        ['Containers', `${String(node.containers_ready)} of ${String(node.containers)} ready`],
        ['Restarts', String(node.restarts)],
        ['Claims', node.claims.join(', ')],
      ];
    case 'container':
      return containerDetails(node);
    case 'endpoint':
    case 'route':
      return networkDetails(node);
    case 'claim':
    case 'autoscaler':
      return otherDetails(node);
  }
}

function containerDetails(node: Extract<TreeNodeData, { type: 'container' }>): Detail[] {
  const last = node.last_exit;
  return [
    ['Image', node.image],
    ['Digest', node.digest ?? ''],
    ['State', node.since === null ? node.state : `${node.state} since ${absoluteTime(node.since)}`],
    ['Restarts', String(node.restarts)],
    [
      'Last exit',
      last === null ? '' : `code ${String(last.code)}${last.signal === null ? '' : `, ${last.signal}`}, ${last.reason}`,
    ],
    ['Ended', last?.at == null ? '' : absoluteTime(last.at)],
    ['Last words', last?.message ?? ''],
  ];
}

function networkDetails(node: Extract<TreeNodeData, { type: 'endpoint' | 'route' }>): Detail[] {
  if (node.type === 'endpoint') {
    return [
      ['Type', node.service_type],
      ['Cluster address', node.cluster_ip ?? ''],
      ['Addresses', node.addresses.join(', ')],
      ['Ports', node.ports.map(portText).join(', ')],
      ['Endpoints', `${String(node.endpoints_ready)} of ${String(node.endpoints)} ready`],
    ];
  }
  return [
    ['Hosts', node.hosts.join(', ')],
    ['Addresses', node.addresses.join(', ')],
    ...node.conditions.map(({ about, type, status, reason, message }): Detail => [
      `${type} by ${about}`,
      `${status}, ${reason}${message === '' ? '' : `: ${message}`}`,
    ]),
  ];
}

function portText({ name, port, target, protocol, node_port: onNode }: Port): string {
  const to = `${String(port)} → ${target}/${protocol}`;
  return [name, to, onNode === null ? '' : `(node port ${String(onNode)})`].filter((text) => text !== '').join(' ');
}

function otherDetails(node: Extract<TreeNodeData, { type: 'claim' | 'autoscaler' }>): Detail[] {
  if (node.type === 'claim') {
    return [
      ['Phase', node.phase],
      ['Size', node.size ?? ''],
      ['Asked for', node.requested ?? ''],
      ['Class', node.storage_class ?? ''],
      ['Volume', node.volume ?? ''],
      ['Access', node.access_modes.join(', ')],
    ];
  }
  return [
    ['Scales', node.scales],
    [
      'Replicas',
      `${String(node.current)}, wants ${String(node.desired)}, of ${String(node.least)} to ${String(node.most)}`,
    ],
  ];
}
