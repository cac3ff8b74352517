import type { OutputOf, operations } from '@ushadow/contracts';
import { isJsonObject, valueAt, type JsonObject, type KubeObject } from '@ushadow/kubernetes';

export type NodeData = OutputOf<typeof operations.listNodes>[number];

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const CONTROL_PLANE_ROLES = ['control-plane', 'master'];

/** A node as the contract shows it. Whatever the cluster leaves out is null. */
export function toNode(clusterId: string, node: KubeObject): NodeData {
  const text = (...path: (string | number)[]) => textAt(node, ...path);
  const status = readyStatus(node);
  return {
    name: node.metadata.name,
    cluster_id: clusterId,
    status,
    ready: status === 'Ready',
    kubelet_version: text('status', 'nodeInfo', 'kubeletVersion'),
    os_image: text('status', 'nodeInfo', 'osImage'),
    kernel_version: text('status', 'nodeInfo', 'kernelVersion'),
    container_runtime: text('status', 'nodeInfo', 'containerRuntimeVersion'),
    cpu_capacity: text('status', 'capacity', 'cpu'),
    memory_capacity: text('status', 'capacity', 'memory'),
    cpu_allocatable: text('status', 'allocatable', 'cpu'),
    memory_allocatable: text('status', 'allocatable', 'memory'),
    roles: rolesOf(node),
    internal_ip: addressOf(node, 'InternalIP'),
    external_ip: addressOf(node, 'ExternalIP'),
    hostname: addressOf(node, 'Hostname'),
    taints: listAt(node, 'spec', 'taints').map((taint) => ({
      key: textAt(taint, 'key') ?? '',
      value: textAt(taint, 'value') ?? '',
      effect: textAt(taint, 'effect') ?? '',
    })),
    labels: { ...node.metadata.labels },
    gpu_capacity_nvidia: countAt(node, 'nvidia.com/gpu'),
    gpu_capacity_amd: countAt(node, 'amd.com/gpu'),
  };
}

function readyStatus(node: KubeObject): NodeData['status'] {
  const ready = listAt(node, 'status', 'conditions').find((condition) => condition['type'] === 'Ready');
  const status = textAt(ready, 'status');
  return status === 'True' ? 'Ready' : status === 'False' ? 'NotReady' : 'Unknown';
}

function rolesOf(node: KubeObject): string[] {
  const labelled = Object.keys(node.metadata.labels ?? {})
    .filter((label) => label.startsWith(ROLE_PREFIX))
    .map((label) => label.slice(ROLE_PREFIX.length));
  const isControlPlane = labelled.some((role) => CONTROL_PLANE_ROLES.includes(role));
  const others = labelled.filter((role) => !CONTROL_PLANE_ROLES.includes(role) && role !== '').sort();
  const roles = isControlPlane ? ['control-plane', ...others] : others;
  return roles.length === 0 ? ['worker'] : roles;
}

function addressOf(node: KubeObject, type: string): string | null {
  const address = listAt(node, 'status', 'addresses').find((one) => one['type'] === type);
  return textAt(address, 'address');
}

function countAt(node: KubeObject, resource: string): number | null {
  const count = Number(textAt(node, 'status', 'capacity', resource) ?? Number.NaN);
  return Number.isInteger(count) ? count : null;
}

function textAt(value: unknown, ...path: (string | number)[]): string | null {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : null;
}

function listAt(value: unknown, ...path: string[]): JsonObject[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}
