import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { composeService, stackId } from '../fields.ts';
import { deployment } from './deployment.ts';
import { jobErrors, stackErrors } from './errors.ts';
import { jobFields } from './job-request.ts';

export const redeployStack = defineOperation({
  service: 'deployer',
  name: 'redeploy-stack',
  summary: 'Deploy the last good revision again: the same content, whatever its files say by now',
  http: { method: 'POST', path: '/api/stacks/:stack_id/redeploy', status: 202, cost: 'compile', repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  input: z.strictObject({
    stack_id: stackId,
    services: z.array(composeService).min(1).max(500).optional(),
    ...jobFields,
  }),
  output: deployment,
  errors: { ...clusterAccessErrors, ...stackErrors, ...jobErrors },
});
