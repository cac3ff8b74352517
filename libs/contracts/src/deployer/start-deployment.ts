import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { deploymentSpec } from '../compiler/deployment-spec.ts';
import { compileErrors } from '../compiler/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { clusterId, deploymentId, namespace, serviceId } from '../fields.ts';
import { environmentInput } from '../compiler/environment.ts';

export const startDeployment = defineOperation({
  service: 'deployer',
  name: 'start-deployment',
  summary: 'Deploy a service to a cluster; the answer comes at once, a worker does the deploy',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/deploy', status: 202 },
  deadlineMs: 30_000,
  input: z.strictObject({
    cluster_id: clusterId,
    service_id: serviceId,
    namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
    node_name: z.string().max(253).optional(),
    k8s_spec: deploymentSpec.optional(),
    ...environmentInput,
    deadline_seconds: z
      .int()
      .min(5)
      .max(3600)
      .optional()
      .describe('Until when the rollout must be ready; 300 unless given'),
  }),
  output: z.object({
    success: z.literal(true),
    message: z.string(),
    deployment_id: deploymentId,
    service_id: serviceId,
    namespace: z.string(),
    node_name: z.string().nullable(),
    status: z.literal('pending'),
    diagnostics: z.array(diagnostic),
  }),
  errors: {
    ...compileErrors,
    ...clusterAccessErrors,
    DEPLOYMENT_IN_PROGRESS: {
      kind: 'conflict',
      summary: 'This service is being deployed to this namespace; `details.deployment_id` is that deployment.',
    },
  },
});
