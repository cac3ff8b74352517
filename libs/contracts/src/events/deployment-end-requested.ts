import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { deploymentId } from '../fields.ts';

/** A notification: the request itself is in the table, where the worker also looks with each renewal of its lease. */
export const deploymentEndRequested = defineEvent({
  name: 'deployment.end-requested',
  delivery: 'live',
  summary: 'A deployment is to end before its verdict: cancelled or superseded. The subject ends with its id',
  publisher: 'deployer',
  listeners: ['deployer'],
  key: 'deployment_id',
  data: z.object({ deployment_id: deploymentId }),
});
