import { events, type DataOf, type EventDefinition } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { Unsendable, type Claimed } from '@ushadow/postgres';
import type { OutboxMessage } from './outbox-message.ts';

const eventOf: Readonly<Record<OutboxMessage['kind'], EventDefinition>> = {
  job: events.deployRequested,
  audit: events.deploymentAudited,
};

/** Sends messages of the outbox over the bus; resolves when it is stored there. */
export function sendMessage(bus: Pick<EventBus, 'store'>): (message: Claimed) => Promise<void> {
  return async ({ id, kind, payload, requestId, actor }) => {
    if (!Object.hasOwn(eventOf, kind)) throw new Unsendable(`there are no messages of kind ${kind}`);
    const event = eventOf[kind as OutboxMessage['kind']];
    const data = dataOf(event, payload);
    await withRequestContext({ requestId, actor }, () => bus.store(event, data, { messageId: id }));
  };
}

/** What no subscriber could read is not sent. The reason names the fields, never their values. */
function dataOf<E extends EventDefinition>(event: E, payload: unknown): DataOf<E> {
  const result = event.data.safeParse(payload);
  if (result.success) return result.data as DataOf<E>;
  const issues = result.error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'the message'}: ${code}`);
  throw new Unsendable(`does not fit its contract: ${issues.join('; ')}`);
}
