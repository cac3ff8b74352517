import type { DataOf, events } from '@ushadow/contracts';
import type { OutboxMessage as StoredMessage } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';

/** What goes out of this service beside the entries of its trail: jobs, which wake workers up. */
export type OutboxMessage = StoredMessage<'job'> & { readonly payload: DataOf<typeof events.deployRequested> };

interface Origin {
  readonly actor: string;
  readonly requestId: string;
}

/** Wakes a worker; after `delayMs`, where there is no use in trying at once. */
export function jobMessage(deploymentId: string, origin: Origin, delayMs = 0): OutboxMessage {
  const { actor, requestId } = origin;
  return { id: randomUUID(), kind: 'job', payload: { deployment_id: deploymentId }, actor, requestId, delayMs };
}
