import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { COUNTER_MAX, deploymentId } from '../fields.ts';
import { deploymentStatus, progressEvent } from './deployment.ts';
import { deploymentErrors } from './errors.ts';

/** The same events arrive live as server-sent events under `…/events/stream`. */
export const listDeploymentEvents = defineOperation({
  service: 'deployer',
  name: 'list-deployment-events',
  summary: 'Progress of a deployment after a sequence number',
  http: { method: 'GET', path: '/api/deployments/:deployment_id/events' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({
    deployment_id: deploymentId,
    after: z.coerce.number().int().min(0).max(COUNTER_MAX).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(500),
  }),
  output: z.object({ events: z.array(progressEvent), status: deploymentStatus, last_sequence: z.int() }),
  errors: deploymentErrors,
});
