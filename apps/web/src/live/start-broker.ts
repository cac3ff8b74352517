import { followPorts } from '@ushadow/contracts';
import { Broker } from './broker.ts';
import { HERE_MS, type BrokerMessage, type WatcherMessage } from './messages.ts';

/** A broker with the real network and clock. Returns what takes the messages of watchers. */
export function startBroker(send: (message: BrokerMessage) => void): (message: WatcherMessage) => void {
  const broker = new Broker(send, followPorts('', globalThis));
  setInterval(() => {
    broker.removeSilent(performance.now());
  }, HERE_MS);
  return (message) => {
    broker.receive(message, performance.now());
  };
}
