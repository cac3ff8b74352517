import type { DataOf, events } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';

/** A message that must go out because a row was written; stored in the same transaction as that row. */
export type OutboxMessage = { readonly id: string; readonly actor: string; readonly requestId: string } & (
  | { readonly kind: 'job'; readonly payload: DataOf<typeof events.deployRequested> }
  | { readonly kind: 'audit'; readonly payload: DataOf<typeof events.deploymentAudited> }
);

interface Origin {
  readonly actor: string;
  readonly requestId: string;
}

export function jobMessage(deploymentId: string, origin: Origin): OutboxMessage {
  return {
    id: randomUUID(),
    kind: 'job',
    payload: { deployment_id: deploymentId },
    actor: origin.actor,
    requestId: origin.requestId,
  };
}

export function auditMessage(
  entry: Omit<DataOf<typeof events.deploymentAudited>, 'audit_id' | 'time'>,
  time: Date,
): OutboxMessage {
  const id = randomUUID();
  const payload = { ...entry, audit_id: id, time: time.toISOString() };
  return { id, kind: 'audit', payload, actor: entry.actor, requestId: entry.request_id };
}
