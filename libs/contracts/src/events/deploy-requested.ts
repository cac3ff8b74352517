import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { deploymentId } from '../fields.ts';

export const deployRequested = defineEvent({
  name: 'deploy',
  delivery: 'job',
  summary: 'A deployment waits for a worker',
  publisher: 'deployer',
  listeners: ['deployer'],
  data: z.object({ deployment_id: deploymentId }),
});
