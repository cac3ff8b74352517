import type { NodeHealthData, TreeNodeData } from '@ushadow/contracts';
import type { StatusDisplay } from '../../../../../ui/styling.ts';

const displays: Readonly<Record<NodeHealthData, StatusDisplay>> = {
  ready: { label: 'ready', tone: 'ok', icon: 'check' },
  progressing: { label: 'progressing', tone: 'info', icon: 'spinner' },
  failed: { label: 'failed', tone: 'bad', icon: 'cross' },
  stopped: { label: 'stopped', tone: 'neutral', icon: 'minus' },
  completed: { label: 'completed', tone: 'ok', icon: 'check' },
  deleting: { label: 'being ended', tone: 'warn', icon: 'clock' },
  absent: { label: 'not there', tone: 'bad', icon: 'question' },
};

export function healthOf({ health }: TreeNodeData): StatusDisplay {
  return displays[health];
}

/** What it is, in a word. */
export function titleOf(node: TreeNodeData): string {
  if (node.type === 'service') return 'service';
  if (node.type === 'container') return node.role === 'main' ? 'container' : `${node.role} container`;
  return node.kind;
}

/** What a line says of a node beside its health. */
export function factsOf(node: TreeNodeData): string[] {
  switch (node.type) {
    case 'service':
      return node.pods === 0
        ? []
        : [`${String(node.pods_ready)} of ${String(node.pods)} pods ready`, ...restarts(node.restarts)];
    case 'workload':
    case 'replica-set':
      return [
        `${String(node.pods_ready)} of ${String(node.wanted ?? node.pods)} pods ready`,
        ...restarts(node.restarts),
      ];
    case 'pod':
      return [...(node.node === null ? [] : [`on ${node.node}`]), ...restarts(node.restarts)];
    case 'container':
      return [...restarts(node.restarts), ...lastExit(node.last_exit)];
    case 'endpoint':
      return [
        node.ports.map(({ port }) => String(port)).join(', '),
        `${String(node.endpoints_ready)} of ${String(node.endpoints)} endpoints ready`,
      ];
    case 'route':
      return [node.hosts.join(', '), ...node.addresses.map((address) => `at ${address}`)];
    case 'claim':
      return [node.size ?? node.requested ?? '', node.phase];
    case 'autoscaler':
      return [`${String(node.current)} of ${String(node.least)} to ${String(node.most)}`];
  }
}

function restarts(count: number): string[] {
  return count === 0 ? [] : [count === 1 ? '1 restart' : `${String(count)} restarts`];
}

function lastExit(last: Extract<TreeNodeData, { type: 'container' }>['last_exit']): string[] {
  if (last === null) return [];
  return [`last exit ${String(last.code)}${last.signal === null ? '' : ` (${last.signal})`} ${last.reason}`.trim()];
}
