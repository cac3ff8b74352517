import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { verdict } from '../deployer/deployment.ts';
import { clusterId, deploymentId, serviceId, timestamp } from '../fields.ts';

export const deploymentAudited = defineEvent({
  name: 'deployment',
  delivery: 'audit',
  summary: 'Someone started a deployment, or one ended',
  data: z.object({
    audit_id: z.uuid(),
    time: timestamp,
    action: z.enum(['deployment.requested', 'deployment.finished', 'deployment.settled']),
    actor: z.string(),
    request_id: z.string(),
    deployment_id: deploymentId,
    cluster_id: clusterId,
    namespace: z.string(),
    service_id: serviceId,
    desired_digest: z.string().describe('SHA-256 of the desired objects'),
    verdict: verdict.nullable(),
  }),
});
