import { events, type DataOf, type EventDefinition } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { Unsendable, type Claimed } from '@ushadow/postgres';
import type { OutboxMessage } from './outbox-message.ts';

type Bus = Pick<EventBus, 'store'>;
type Sending = (bus: Bus, payload: unknown, id: { readonly messageId: string }) => Promise<void>;

const sendings: Readonly<Record<OutboxMessage['kind'], Sending>> = {
  job: (bus, payload, id) => bus.store(events.deployRequested, dataOf(events.deployRequested, payload), id),
  audit: (bus, payload, id) => bus.store(events.deploymentAudited, dataOf(events.deploymentAudited, payload), id),
};

/** Sends messages of the outbox over the bus; resolves when it is stored there. */
export function sendMessage(bus: Bus): (message: Claimed) => Promise<void> {
  return async ({ id, kind, payload, requestId, actor }) => {
    if (!Object.hasOwn(sendings, kind)) throw new Unsendable(`there are no messages of kind ${kind}`);
    const sending = sendings[kind as OutboxMessage['kind']];
    await withRequestContext({ requestId, actor }, () => sending(bus, payload, { messageId: id }));
  };
}

/** What no subscriber could read is not sent. The reason names the fields, never their values. */
function dataOf<E extends EventDefinition>(event: E, payload: unknown): DataOf<E> {
  const result = event.data.safeParse(payload);
  if (result.success) return result.data as DataOf<E>;
  const issues = result.error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'the message'}: ${code}`);
  throw new Unsendable(`does not fit its contract: ${issues.join('; ')}`);
}
