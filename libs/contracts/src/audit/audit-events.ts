import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import type { BusUser, ServiceName } from '../define-operation.ts';
import { timestamp } from '../fields.ts';
import { auditEntry } from './audit-entry.ts';

/** The newest entry at a time, sent again now and then: what the trail is compared with. */
export const auditAnchor = z.object({ sequence: z.int().min(1), seal: z.string(), time: timestamp });
export type AuditAnchorData = z.infer<typeof auditAnchor>;

/** What goes out of a service's trail, in its order. An entry may come twice, under the same `sequence`. */
export function auditEvents(service: ServiceName, listeners: readonly BusUser[] = []) {
  const common = { delivery: 'audit', publisher: service, isReadBack: true } as const;
  return {
    recorded: defineEvent({
      ...common,
      listeners,
      name: `${service}.recorded`,
      summary: `An entry of the audit of the ${service}-service. The subject ends with its number`,
      key: 'sequence',
      data: auditEntry,
    }),
    anchored: defineEvent({
      ...common,
      listeners: [],
      name: `${service}.anchored`,
      summary: `The newest entry of the audit of the ${service}-service`,
      data: auditAnchor,
    }),
  };
}
