import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { deploymentId } from '../fields.ts';
import { deployment } from './deployment.ts';
import { deploymentErrors } from './errors.ts';

export const getDeployment = defineOperation({
  service: 'deployer',
  name: 'get-deployment',
  summary: 'One deployment with its verdict',
  http: { method: 'GET', path: '/api/deployments/:deployment_id' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({ deployment_id: deploymentId }),
  output: deployment,
  errors: deploymentErrors,
});
