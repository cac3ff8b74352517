import { z } from 'zod';
import { clusterId, timestamp } from '../fields.ts';

const confidence = z.enum(['high', 'medium', 'low']).nullable();

export const infraResult = z
  .object({
    found: z.boolean(),
    endpoints: z.array(z.string()).describe('`host:port`, the chosen one first'),
    type: z.string(),
    namespace: z.string().nullable().describe('Where it was found'),
    default_port: z.int().nullable(),
    service_name: z.string().nullable(),
    service_type: z.string().nullable(),
    ready: z.boolean().nullable().describe('null when it could not be seen'),
    reason: z.string().nullable().describe('Why this Service was taken for this type'),
    confidence,
    ports: z
      .array(z.object({ name: z.string().nullable(), port: z.int(), endpoint: z.string() }))
      .default([])
      .describe('Each port it offers: what it speaks, its usual number, where to connect'),
    pending: z.boolean().default(false).describe('A load balancer that has no address yet'),
    made_by: z.string().nullable().default(null).describe('What made the Service, for example an operator’s resource'),
    stack: z
      .string()
      .nullable()
      .default(null)
      .describe('Project of the stack it belongs to; such a thing is offered, never taken by itself'),
    secret_refs: z
      .array(z.object({ role: z.enum(['user', 'password']), name: z.string(), key: z.string() }))
      .default([])
      .describe('Secrets its own pods take credentials from, by reference'),
    alternatives: z
      .array(
        z.object({
          service_name: z.string(),
          service_type: z.string(),
          endpoints: z.array(z.string()),
          ready: z.boolean().nullable(),
          reason: z.string(),
          confidence: confidence.unwrap(),
          stack: z.string().nullable().default(null),
        }),
      )
      .default([])
      .describe('Other Services of the same type, the better first'),
    error: z.string().optional(),
  })
  .meta({ id: 'InfraResult' });

export const infraServices = z.record(z.string(), infraResult);

export const infraScan = z
  .object({
    cluster_id: clusterId,
    namespace: z.string(),
    infra_services: infraServices,
    scanned_at: timestamp,
    stale: z.boolean().default(false).describe('Older than the scanner’s setting allows; a day unless set'),
    notes: z.array(z.string()).default([]).describe('What could not be looked at, and what to allow'),
    error: z
      .string()
      .nullable()
      .describe('Why the last attempt failed, when it did; the result is then the last good one'),
  })
  .meta({ id: 'InfraScan' });

export type InfraScanData = z.infer<typeof infraScan>;
