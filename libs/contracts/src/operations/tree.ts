import { z } from 'zod';
import { timestamp } from '../fields.ts';

/** How something of a stack is. `absent`: it is wanted and not there. */
export const nodeHealth = z
  .enum(['ready', 'progressing', 'failed', 'stopped', 'completed', 'deleting', 'absent'])
  .meta({ id: 'NodeHealth' });

const common = {
  id: z.string().describe('`service:NAME`, `Kind/namespace/name`, or a pod’s with `#container`'),
  parent: z.string().nullable().describe('Id of the node it belongs to; null: it stands at the top'),
  name: z.string(),
  health: nodeHealth,
  message: z.string().describe('Why, in words; empty where there is nothing to say'),
};

const object = {
  ...common,
  kind: z.string(),
  created_at: timestamp.nullable(),
  services: z.array(z.string()).describe('Who wants it, where that is not one service alone'),
};

/** Of all pods below. */
const pods = {
  pods: z.int(),
  pods_ready: z.int(),
  restarts: z.int(),
};

export const lastExit = z
  .object({
    code: z.int(),
    signal: z.string().nullable().describe('The one that ended it, such as `SIGKILL`'),
    reason: z.string(),
    message: z.string().describe('What it has left as its last words, cut'),
    at: timestamp.nullable(),
  })
  .meta({ id: 'LastExit' });

export const routeCondition = z.object({
  about: z.string().describe('`Kind namespace/name` of who says so; empty: the route itself'),
  type: z.string(),
  status: z.string(),
  reason: z.string(),
  message: z.string(),
});

export const servicePort = z.object({
  name: z.string(),
  port: z.int(),
  target: z.string(),
  node_port: z.int().nullable(),
  protocol: z.string(),
});

export const treeNode = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('service'), ...common, ...pods }),
    z.object({
      type: z.literal('workload'),
      ...object,
      ...pods,
      wanted: z.int().nullable().describe('Pods that are wanted; null: as many as its kind makes'),
      former: z.int().describe('ReplicaSets that nobody wants any more, which are no nodes'),
      schedule: z.string().nullable(),
    }),
    z.object({
      type: z.literal('replica-set'),
      ...object,
      ...pods,
      wanted: z.int(),
      revision: z.string().describe('As its Deployment counts'),
    }),
    z.object({
      type: z.literal('pod'),
      ...object,
      phase: z.string(),
      node: z.string().nullable(),
      ip: z.string().nullable(),
      restarts: z.int(),
      containers: z.int(),
      containers_ready: z.int(),
      claims: z.array(z.string()).describe('Claims that it mounts'),
    }),
    z.object({
      type: z.literal('container'),
      ...common,
      role: z.enum(['main', 'init', 'sidecar', 'debug']),
      image: z.string(),
      digest: z.string().nullable().describe('`sha256:…` of the image that runs'),
      state: z.enum(['waiting', 'running', 'terminated', 'unknown']),
      since: timestamp.nullable(),
      restarts: z.int(),
      last_exit: lastExit.nullable(),
    }),
    z.object({
      type: z.literal('endpoint'),
      ...object,
      service_type: z.string(),
      cluster_ip: z.string().nullable(),
      addresses: z.array(z.string()).describe('Given to it from outside'),
      ports: z.array(servicePort),
      endpoints: z.int(),
      endpoints_ready: z.int(),
    }),
    z.object({
      type: z.literal('route'),
      ...object,
      hosts: z.array(z.string()),
      addresses: z.array(z.string()),
      conditions: z.array(routeCondition),
    }),
    z.object({
      type: z.literal('claim'),
      ...object,
      phase: z.string(),
      requested: z.string().nullable(),
      size: z.string().nullable(),
      storage_class: z.string().nullable(),
      volume: z.string().nullable(),
      access_modes: z.array(z.string()),
    }),
    z.object({
      type: z.literal('autoscaler'),
      ...object,
      scales: z.string().describe('`Kind/name`'),
      least: z.int(),
      most: z.int(),
      current: z.int(),
      desired: z.int(),
    }),
  ])
  .meta({ id: 'TreeNode' });

/** A kind of objects that is not seen, and why. */
export const unseenKind = z.object({ kind: z.string(), message: z.string() }).meta({ id: 'UnseenKind' });

export type NodeHealthData = z.infer<typeof nodeHealth>;
export type TreeNodeData = z.infer<typeof treeNode>;
export type TreeNodeOf<T extends TreeNodeData['type']> = Extract<TreeNodeData, { type: T }>;
export type LastExitData = z.infer<typeof lastExit>;
export type RouteConditionData = z.infer<typeof routeCondition>;
export type UnseenKindData = z.infer<typeof unseenKind>;
