import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { kubernetesName, stackId, timestamp } from '../fields.ts';
import { liveErrors } from './stack-tree.ts';

const usage = {
  cpu_millicores: z.number(),
  memory_bytes: z.number(),
};

const sample = z.object({ at: timestamp, ...usage });

export const podMetrics = z
  .object({
    pod: z.string(),
    service: z.string().nullable(),
    node: z.string().nullable(),
    ...usage,
    cpu_request_millicores: z.number().nullable().describe('null: a container of it asks for nothing'),
    cpu_limit_millicores: z.number().nullable(),
    memory_request_bytes: z.number().nullable(),
    memory_limit_bytes: z.number().nullable(),
    containers: z.array(z.object({ name: z.string(), ...usage })),
  })
  .meta({ id: 'PodMetrics' });

export const stackMetrics = z
  .object({
    available: z.boolean(),
    message: z.string().describe('Why there are none; empty where there are some'),
    at: timestamp.nullable().describe('When they were measured'),
    pods: z.array(podMetrics),
    nodes: z
      .array(
        z.object({
          node: z.string(),
          ...usage,
          cpu_allocatable_millicores: z.number().nullable(),
          memory_allocatable_bytes: z.number().nullable(),
        }),
      )
      .describe('Those that its pods are on'),
    claims: z
      .array(z.object({ claim: z.string(), used_bytes: z.number(), capacity_bytes: z.number() }))
      .describe('Disk use, by the kubelets'),
    notes: z.array(z.string()).describe('What could not be measured, and why'),
    history: z.array(sample).describe('Of the last 15 minutes, as long as somebody looks, the oldest first'),
  })
  .meta({ id: 'StackMetrics' });

export const getStackMetrics = defineOperation({
  service: 'operations',
  name: 'get-stack-metrics',
  summary: 'CPU and memory that the pods of a stack use, against what they ask for and may have',
  http: { method: 'GET', path: '/api/stacks/:stack_id/metrics', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({
    stack_id: stackId,
    pod: kubernetesName.optional().describe('The history of this pod; of all together unless given'),
  }),
  output: stackMetrics,
  errors: liveErrors,
});

export type StackMetricsData = z.infer<typeof stackMetrics>;
export type PodMetricsData = z.infer<typeof podMetrics>;
