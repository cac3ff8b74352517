import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { compileErrors } from '../compiler/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { clusterId, deploymentId, planId, serviceId } from '../fields.ts';
import { deployRequestFields } from './deploy-request.ts';
import { jobErrors, planErrors } from './errors.ts';
import { jobFields } from './job-request.ts';

/** Beside a plan there is nothing left to choose but how to begin. */
const besidePlan = new Set(['cluster_id', 'plan_id', ...Object.keys(jobFields)]);

export const startDeployment = defineOperation({
  service: 'deployer',
  name: 'start-deployment',
  summary: 'Deploy a service to a cluster; the answer comes at once, a worker does the deploy',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/deploy', status: 202 },
  deadlineMs: 30_000,
  input: z
    .strictObject({
      cluster_id: clusterId,
      ...deployRequestFields,
      service_id: serviceId.optional().describe('Required unless `plan_id` is given'),
      plan_id: planId.optional().describe('Applies exactly this plan; what it is for is in it'),
      ...jobFields,
    })
    .superRefine((input, context) => {
      if (input.plan_id === undefined && input.service_id === undefined)
        context.addIssue({ code: 'custom', path: ['service_id'], message: 'is required unless a plan is given' });
      if (input.plan_id === undefined) return;
      for (const [name, value] of Object.entries(input)) {
        if (value !== undefined && !besidePlan.has(name))
          context.addIssue({ code: 'custom', path: [name], message: 'is part of the plan; make another plan instead' });
      }
    }),
  output: z.object({
    success: z.literal(true),
    message: z.string(),
    deployment_id: deploymentId,
    service_id: serviceId,
    namespace: z.string(),
    node_name: z.string().nullable(),
    status: z.enum(['pending', 'queued']).describe('`queued`: the one it supersedes has to end first'),
    revision: z.int(),
    diagnostics: z.array(diagnostic),
  }),
  errors: { ...compileErrors, ...clusterAccessErrors, ...planErrors, ...jobErrors },
});
