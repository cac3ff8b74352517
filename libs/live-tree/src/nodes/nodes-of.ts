import type { TreeNodeData } from '@ushadow/contracts';
import type { Entry } from '../tree/entry.ts';
import { endpointNode, routeNode } from './network-nodes.ts';
import { podNodes } from './pod-nodes.ts';
import { serviceNode } from './service-node.ts';
import { autoscalerNode, claimNode } from './storage-nodes.ts';
import type { Surroundings } from './surroundings.ts';
import { replicaSetNode, workloadNode } from './workload-nodes.ts';

/** What people see of an object: a node, with its containers where it is a pod. */
export function nodesOf(entry: Entry, around: Surroundings): readonly TreeNodeData[] {
  const { kind, object, pod } = entry.seen;
  if (kind === '') return [serviceNode(entry, around)];
  if (object === undefined) return [workloadNode(entry, around)];
  if (pod !== undefined) return podNodes(entry, object, pod, around);
  switch (kind) {
    case 'ReplicaSet':
      return [replicaSetNode(entry, object, around)];
    case 'Service':
      return [endpointNode(entry, object, around)];
    case 'Ingress':
    case 'HTTPRoute':
      return [routeNode(entry, object, around)];
    case 'PersistentVolumeClaim':
      return [claimNode(entry, object, around)];
    case 'HorizontalPodAutoscaler':
      return [autoscalerNode(entry, object, around)];
    case 'EndpointSlice':
    case 'Event':
      return [];
    default:
      return [workloadNode(entry, around)];
  }
}
