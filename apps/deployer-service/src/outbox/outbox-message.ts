import type { AuditEntryData, DataOf, events } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';

/** A message that must go out because a row was written; stored in the same transaction as that row. */
export type OutboxMessage = { readonly id: string; readonly actor: string; readonly requestId: string } & (
  | { readonly kind: 'job'; readonly payload: DataOf<typeof events.deployRequested>; readonly delayMs?: number }
  | { readonly kind: 'audit'; readonly payload: AuditEntryData }
);

interface Origin {
  readonly actor: string;
  readonly requestId: string;
}

/** Wakes a worker; after `delayMs`, where there is no use in trying at once. */
export function jobMessage(deploymentId: string, origin: Origin, delayMs = 0): OutboxMessage {
  const { actor, requestId } = origin;
  const payload = { deployment_id: deploymentId };
  return { id: randomUUID(), kind: 'job', payload, actor, requestId, ...(delayMs === 0 ? {} : { delayMs }) };
}

export function auditMessage(entry: AuditEntryData): OutboxMessage {
  return { id: entry.audit_id, kind: 'audit', payload: entry, actor: entry.actor, requestId: entry.request_id };
}
