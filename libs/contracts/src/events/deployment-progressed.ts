import { defineEvent } from '../define-event.ts';
import { progressEvent } from '../deployer/deployment.ts';

/** Sent after the row is stored; who misses one reads it from the table. The subject ends with the deployment's id. */
export const deploymentProgressed = defineEvent({
  name: 'deployment.progressed',
  delivery: 'live',
  summary: 'A step of a deployment',
  publisher: 'deployer',
  listeners: ['gateway'],
  key: 'deployment_id',
  data: progressEvent,
});
