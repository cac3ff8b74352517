import { describe, expect, it } from '@jest/globals';
import { events } from '@ushadow/contracts';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { BusConnection } from './bus-connection.ts';
import { EventBus } from './event-bus.ts';

type Callback = (error: Error | null, message: Pick<Msg, 'json'>) => void;

describe('who listens to live events', () => {
  it('hears what fits the contract, and is not disturbed by anything else', () => {
    let deliver: Callback = () => undefined;
    const native = {
      subscribe: (_subject: string, options: { callback: Callback }) => {
        deliver = options.callback;
        return { unsubscribe: () => undefined };
      },
    } as unknown as NatsConnection;
    const received: unknown[] = [];
    const bus = new EventBus({ native: () => native } as unknown as BusConnection);
    bus.listen(events.clusterRemoved, undefined, (data) => void received.push(data));
    for (const text of ['', 'no JSON', 'null', '[]', '{"cluster_id": 7}', '{"cluster_id": "0123456789abcdef"}'])
      deliver(null, { json: <T>() => JSON.parse(text) as T });
    expect(received).toEqual([{ cluster_id: '0123456789abcdef' }]);
  });
});
