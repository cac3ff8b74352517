import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, labels } from '../fields.ts';
import { clusterAccessErrors } from './errors.ts';

export const node = z
  .object({
    name: z.string(),
    cluster_id: clusterId,
    status: z.enum(['Ready', 'NotReady', 'Unknown']),
    ready: z.boolean(),
    kubelet_version: z.string().nullable(),
    os_image: z.string().nullable(),
    kernel_version: z.string().nullable(),
    container_runtime: z.string().nullable(),
    cpu_capacity: z.string().nullable(),
    memory_capacity: z.string().nullable(),
    cpu_allocatable: z.string().nullable(),
    memory_allocatable: z.string().nullable(),
    roles: z.array(z.string()),
    internal_ip: z.string().nullable(),
    external_ip: z.string().nullable(),
    hostname: z.string().nullable(),
    taints: z.array(z.object({ key: z.string(), value: z.string(), effect: z.string() })),
    labels: labels,
    gpu_capacity_nvidia: z.int().nullable(),
    gpu_capacity_amd: z.int().nullable(),
  })
  .meta({ id: 'Node' });

export const listNodes = defineOperation({
  service: 'cluster',
  name: 'list-nodes',
  summary: 'Nodes of a cluster with capacity, roles and taints',
  http: { method: 'GET', path: '/api/kubernetes/:cluster_id/nodes', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'cluster' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({ cluster_id: clusterId }),
  output: z.array(node),
  errors: clusterAccessErrors,
});
