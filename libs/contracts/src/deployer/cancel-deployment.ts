import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { deploymentId } from '../fields.ts';
import { deployment } from './deployment.ts';
import { deploymentErrors } from './errors.ts';

export const cancelDeployment = defineOperation({
  service: 'deployer',
  name: 'cancel-deployment',
  summary: 'End a deployment that is under way at its next step boundary; the verdict comes with its events',
  http: { method: 'POST', path: '/api/deployments/:deployment_id/cancel', status: 202, repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.cancel-requested',
  input: z.strictObject({
    deployment_id: deploymentId,
    rollback: z
      .boolean()
      .optional()
      .describe(
        'Go back to the last good revision, or leave what is there; as the deployment’s own option unless given',
      ),
  }),
  output: deployment,
  errors: {
    ...deploymentErrors,
    DEPLOYMENT_ENDED: { kind: 'conflict', summary: 'The deployment has ended already; `details.status` says how.' },
  },
});
