import type { AuditEntryData, DataOf, events } from '@ushadow/contracts';
import type { OutboxMessage as StoredMessage } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';

/** What goes out of this service: wake-ups for workers, and the entries of the audit trail. */
export type OutboxMessage =
  | (StoredMessage<'job'> & { readonly payload: DataOf<typeof events.deployRequested> })
  | (StoredMessage<'audit'> & { readonly payload: AuditEntryData });

interface Origin {
  readonly actor: string;
  readonly requestId: string;
}

/** The trail is one chain: its entries go out in its order. */
const TRAIL = 'audit';

/** Wakes a worker; after `delayMs`, where there is no use in trying at once. */
export function jobMessage(deploymentId: string, origin: Origin, delayMs = 0): OutboxMessage {
  const { actor, requestId } = origin;
  return { id: randomUUID(), kind: 'job', payload: { deployment_id: deploymentId }, actor, requestId, delayMs };
}

export function auditMessage(entry: AuditEntryData): OutboxMessage {
  const { audit_id: id, actor, request_id: requestId } = entry;
  return { id, kind: 'audit', payload: entry, actor, requestId, aggregate: TRAIL };
}
