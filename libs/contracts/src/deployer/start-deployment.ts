import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { deploymentSpec } from '../compiler/deployment-spec.ts';
import { environmentInput } from '../compiler/environment.ts';
import { compileErrors } from '../compiler/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { clusterId, deploymentId, namespace, serviceId, stackId } from '../fields.ts';
import { deployOptionFields } from './deploy-options.ts';
import { jobErrors, stackRequestErrors } from './errors.ts';
import { jobFields } from './stack-job.ts';

export const startDeployment = defineOperation({
  service: 'deployer',
  name: 'start-deployment',
  summary: 'Deploy one service of a project; the same as a stack’s deployment with that service selected',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/deploy', status: 202, cost: 'compile', repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'deployment.requested',
  sealed: ['request'],
  deadlineMs: 30_000,
  input: z.strictObject({
    cluster_id: clusterId,
    service_id: serviceId,
    namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
    node_name: z.string().max(253).optional(),
    k8s_spec: deploymentSpec.optional(),
    ...environmentInput,
    ...deployOptionFields,
    ...jobFields,
  }),
  output: z.object({
    success: z.literal(true),
    message: z.string(),
    deployment_id: deploymentId,
    stack_id: stackId,
    service_id: serviceId,
    namespace: z.string(),
    node_name: z.string().nullable(),
    status: z.enum(['pending', 'queued']).describe('`queued`: another one of the stack has to end first'),
    revision: z.int(),
    diagnostics: z.array(diagnostic),
  }),
  errors: { ...compileErrors, ...clusterAccessErrors, ...stackRequestErrors, ...jobErrors },
});
