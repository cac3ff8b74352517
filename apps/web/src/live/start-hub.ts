import { followPorts } from '@ushadow/contracts';
import { Hub } from './hub.ts';
import { HERE_MS, type HubMessage, type WatcherMessage } from './messages.ts';

/** A hub with the real network and clock. Returns what takes the messages of watchers. */
export function startHub(send: (message: HubMessage) => void): (message: WatcherMessage) => void {
  const hub = new Hub(send, followPorts('', globalThis));
  setInterval(() => {
    hub.sweep(performance.now());
  }, HERE_MS);
  return (message) => {
    hub.take(message, performance.now());
  };
}
