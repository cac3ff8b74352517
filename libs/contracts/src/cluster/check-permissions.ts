import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';
import { clusterAccessErrors } from './errors.ts';

const rule = z.object({ api_group: z.string(), resource: z.string(), verbs: z.array(z.string()) });

/** What a credential may do in one namespace. */
export const clusterPermissions = z
  .object({
    cluster_id: clusterId,
    namespace: z.string(),
    identity: z.string().nullable().describe('Whom the API server takes the credential for; null when it does not say'),
    cluster_admin: z.boolean().describe('The credential may do everything; a role of its own would be safer'),
    features: z.array(
      z.object({
        feature: z.string(),
        title: z.string(),
        optional: z.boolean(),
        available: z.boolean(),
        missing: z.array(rule),
        yaml: z.string().nullable().describe('Role and binding that close the gap, for the identity above'),
      }),
    ),
  })
  .meta({ id: 'ClusterPermissions' });

export const checkPermissions = defineOperation({
  service: 'cluster',
  name: 'check-permissions',
  summary: 'What the stored credential may do, feature by feature, and the RBAC objects that close each gap',
  http: { method: 'GET', path: '/api/kubernetes/clusters/:cluster_id/permissions', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'cluster' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({
    cluster_id: clusterId,
    namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
  }),
  output: clusterPermissions,
  errors: clusterAccessErrors,
});
