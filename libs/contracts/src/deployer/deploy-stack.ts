import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { compileErrors } from '../compiler/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { diagnostic } from '../diagnostic.ts';
import { planId } from '../fields.ts';
import { deployment } from './deployment.ts';
import { jobErrors, planErrors, stackRequestErrors } from './errors.ts';
import { jobFields } from './stack-job.ts';
import { projectPlace, stackRequestFields } from './stack-request.ts';

/** Beside a plan there is nothing left to choose but how to begin. */
const besidePlan = new Set([...Object.keys(projectPlace), 'plan_id', ...Object.keys(jobFields)]);

export const deployStack = defineOperation({
  service: 'deployer',
  name: 'deploy-stack',
  summary: 'Deploy a project, or some of its services, as a stack; the answer comes at once, a worker does the rest',
  http: {
    method: 'POST',
    path: '/api/kubernetes/:cluster_id/stacks/:project/deploy',
    status: 202,
    cost: 'compile',
    repeat: 'by-key',
  },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'deployment.requested',
  sealed: ['request'],
  deadlineMs: 60_000,
  input: z
    .strictObject({
      ...projectPlace,
      ...stackRequestFields,
      plan_id: planId.optional().describe('Applies exactly this plan; what it is for is in it'),
      ...jobFields,
    })
    .superRefine((input, context) => {
      if (input.plan_id === undefined) return;
      for (const [name, value] of Object.entries(input)) {
        if (value !== undefined && !besidePlan.has(name))
          context.addIssue({ code: 'custom', path: [name], message: 'is part of the plan; make another plan instead' });
      }
    }),
  output: deployment.extend({ diagnostics: z.array(diagnostic) }),
  errors: { ...compileErrors, ...clusterAccessErrors, ...planErrors, ...stackRequestErrors, ...jobErrors },
});
