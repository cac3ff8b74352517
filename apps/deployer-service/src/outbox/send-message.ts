import { events, type DataOf } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { Unsendable, type Claimed } from '@ushadow/postgres';

type Send = (message: Claimed) => Promise<void>;

/** Sends messages of the outbox over the bus; resolves when it is stored there. */
export function sendMessage(bus: Pick<EventBus, 'store'>, sendEntry: Send): Send {
  return async (message) => {
    const { id, kind, payload, requestId, actor } = message;
    if (kind === 'audit') return sendEntry(message);
    if (kind !== 'job') throw new Unsendable(`there are no messages of kind ${kind}`);
    await withRequestContext({ requestId, actor }, () =>
      bus.store(events.deployRequested, jobOf(payload), { messageId: id }),
    );
  };
}

/** What no subscriber could read is not sent. The reason names the fields, never their values. */
function jobOf(payload: unknown): DataOf<typeof events.deployRequested> {
  const result = events.deployRequested.data.safeParse(payload);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'the message'}: ${code}`);
  throw new Unsendable(`does not fit its contract: ${issues.join('; ')}`);
}
