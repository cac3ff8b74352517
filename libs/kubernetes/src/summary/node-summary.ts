import type { JsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { listAt, textAt } from '../json.ts';

export interface NodeTaint {
  readonly key: string;
  /** Empty where the taint has none. */
  readonly value: string;
  readonly effect: string;
}

/** A node as people see it. Capacities are Kubernetes quantities. */
export interface NodeSummary {
  readonly name: string;
  readonly status: 'Ready' | 'NotReady' | 'Unknown';
  readonly ready: boolean;
  readonly kubeletVersion: string;
  readonly osImage: string;
  readonly kernelVersion: string;
  readonly containerRuntime: string;
  readonly cpuCapacity: string;
  readonly memoryCapacity: string;
  readonly cpuAllocatable: string;
  readonly memoryAllocatable: string;
  readonly roles: readonly string[];
  readonly internalIp: string;
  readonly externalIp: string;
  readonly hostname: string;
  readonly taints: readonly NodeTaint[];
  readonly labels: Readonly<Record<string, string>>;
  readonly gpuCapacityNvidia: string;
  readonly gpuCapacityAmd: string;
}

export function summariseNode(node: KubeObject): NodeSummary {
  const { name, labels = {} } = node.metadata;
  const info = (key: string): string => textAt(node, ['status', 'nodeInfo', key]);
  const amount = (kind: 'capacity' | 'allocatable', key: string): string => textAt(node, ['status', kind, key]);
  const addresses = listAt(node, ['status', 'addresses']);
  const status = statusOf(node);
  return {
    name,
    status,
    ready: status === 'Ready',
    kubeletVersion: info('kubeletVersion'),
    osImage: info('osImage'),
    kernelVersion: info('kernelVersion'),
    containerRuntime: info('containerRuntimeVersion'),
    cpuCapacity: amount('capacity', 'cpu'),
    memoryCapacity: amount('capacity', 'memory'),
    cpuAllocatable: amount('allocatable', 'cpu'),
    memoryAllocatable: amount('allocatable', 'memory'),
    roles: rolesOf(labels),
    internalIp: address(addresses, 'InternalIP'),
    externalIp: address(addresses, 'ExternalIP'),
    hostname: address(addresses, 'Hostname'),
    taints: listAt(node, ['spec', 'taints']).map((taint) => ({
      key: textAt(taint, ['key']),
      value: textAt(taint, ['value']),
      effect: textAt(taint, ['effect']),
    })),
    labels,
    gpuCapacityNvidia: amount('capacity', 'nvidia.com/gpu'),
    gpuCapacityAmd: amount('capacity', 'amd.com/gpu'),
  };
}

function statusOf(node: KubeObject): NodeSummary['status'] {
  const condition = listAt(node, ['status', 'conditions']).find(({ type }) => type === 'Ready');
  if (condition === undefined || condition['status'] === 'Unknown') return 'Unknown';
  return condition['status'] === 'True' ? 'Ready' : 'NotReady';
}

const ROLE = 'node-role.kubernetes.io/';
const CONTROL_PLANE = [`${ROLE}control-plane`, `${ROLE}master`];

function rolesOf(labels: Readonly<Record<string, string>>): string[] {
  const roles = CONTROL_PLANE.some((label) => label in labels) ? ['control-plane'] : [];
  return roles.length === 0 || `${ROLE}worker` in labels ? [...roles, 'worker'] : roles;
}

function address(addresses: readonly JsonObject[], type: string): string {
  return textAt(
    addresses.find((item) => item['type'] === type),
    ['address'],
  );
}
