import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { compileErrors } from '../compiler/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { stackRequestErrors } from './errors.ts';
import { plan } from './plan.ts';
import { projectPlace, stackRequestFields } from './stack-request.ts';

export const planStack = defineOperation({
  service: 'deployer',
  name: 'plan-stack',
  summary:
    'Ask the cluster what deploying a project would do, and keep the answer; a deployment of it does exactly that',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/stacks/:project/plan', status: 201, cost: 'compile' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'project' },
  audit: 'none',
  sealed: ['request'],
  deadlineMs: 60_000,
  input: z.strictObject({ ...projectPlace, ...stackRequestFields }),
  output: plan,
  errors: { ...compileErrors, ...clusterAccessErrors, ...stackRequestErrors },
});
