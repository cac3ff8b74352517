import { describe, expect, it } from '@jest/globals';
import { EventChannel } from './event-channel.ts';

describe('a channel of events', () => {
  it('hands out together, in their order, what came while its consumer was busy', async () => {
    const channel = new EventChannel<number>();
    const batches = channel.drain();
    channel.push(1);
    expect(await batches.next()).toEqual({ done: false, value: [1] });
    channel.push(2);
    channel.push(3);
    channel.close();
    expect(await batches.next()).toEqual({ done: false, value: [2, 3] });
    expect(await batches.next()).toEqual({ done: true, value: undefined });
  });

  it('counts what it has handed out as dealt with once more is asked for, not before', async () => {
    const channel = new EventChannel<number>();
    const batches = channel.drain();
    channel.push(1);
    channel.push(2);
    await batches.next();
    let isHandled = false;
    const handled = channel.handled().then(() => (isHandled = true));
    await Promise.resolve();
    expect(isHandled).toBe(false);
    void batches.next();
    await handled;
    channel.close();
  });
});
