import { z } from 'zod';
import { clusterId, timestamp } from '../fields.ts';

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
    confidence: z.enum(['high', 'medium', 'low']).nullable(),
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
    error: z
      .string()
      .nullable()
      .describe('Why the last attempt failed, when it did; the result is then the last good one'),
  })
  .meta({ id: 'InfraScan' });

export type InfraScanData = z.infer<typeof infraScan>;
