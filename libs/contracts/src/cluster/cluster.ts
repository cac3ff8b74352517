import { z } from 'zod';
import { clusterId, labels, namespace, timestamp } from '../fields.ts';
import { clusterPolicies, DEFAULT_POLICIES } from './policies.ts';
import { clusterRouting } from './routing.ts';

export const clusterStatus = z.enum(['connected', 'unreachable', 'unauthorized']);

export const cluster = z
  .object({
    cluster_id: clusterId,
    name: z.string(),
    context: z.string(),
    server: z.string().describe('URL of the API server'),
    status: clusterStatus,
    status_reason: z.string().nullable(),
    status_since: timestamp,
    checked_at: timestamp,
    version: z.string().nullable(),
    node_count: z.int().nullable().describe('null when listing nodes is not allowed'),
    namespace,
    labels,
    routing: clusterRouting.default({ gateway: null, ingress_class: null, issuer: null }),
    policies: clusterPolicies.default(DEFAULT_POLICIES),
    credential_expires_at: timestamp
      .nullable()
      .default(null)
      .describe('When the stored token or client certificate expires; null when it does not say'),
    cluster_identity: z
      .string()
      .nullable()
      .default(null)
      .describe('Opaque; equal for registrations of the same API server. null until it has been reached'),
    same_as: z
      .array(clusterId)
      .default([])
      .describe('Other registrations of the same API server, by name; ten at most'),
    created_at: timestamp,
  })
  .meta({ id: 'Cluster' });

export type ClusterData = z.infer<typeof cluster>;
