import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deploymentId } from '../fields.ts';
import { deployment } from './deployment.ts';
import { deploymentErrors, jobErrors, stackErrors } from './errors.ts';
import { jobFields } from './job-request.ts';

export const rollbackDeployment = defineOperation({
  service: 'deployer',
  name: 'rollback-deployment',
  summary: 'Undo a deployment: a new one brings back the last good revision before it',
  http: { method: 'POST', path: '/api/deployments/:deployment_id/rollback', status: 202, repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  input: z.strictObject({ deployment_id: deploymentId, ...jobFields }),
  output: deployment,
  errors: { ...deploymentErrors, ...stackErrors, ...clusterAccessErrors, ...jobErrors },
});
