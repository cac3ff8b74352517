import { defineEvent } from '../define-event.ts';
import { auditEntry } from '../deployer/audit-entry.ts';

/** Sent in the order of the trail; a message may come twice, under the same `sequence`. */
export const deploymentAudited = defineEvent({
  name: 'deployment',
  delivery: 'audit',
  summary: 'An entry of the audit trail: someone started or ended something, or it ended',
  publisher: 'deployer',
  listeners: [],
  data: auditEntry,
});
