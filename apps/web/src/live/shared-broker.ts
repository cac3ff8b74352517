import type { BrokerMessage, WatcherMessage } from './messages.ts';
import { startBroker } from './start-broker.ts';

/** The part of a SharedWorker's global scope that is used; the page's types do not know it. */
interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

/** The port on which each watcher last sent a message. */
const ports = new Map<string, MessagePort>();

const take = startBroker((message: BrokerMessage) => ports.get(message.to)?.postMessage(message));

(globalThis as unknown as SharedScope).onconnect = ({ ports: [port] }) => {
  if (port === undefined) return;
  port.onmessage = ({ data }: MessageEvent<WatcherMessage>) => {
    if (data.kind === 'leave') ports.delete(data.from);
    else ports.set(data.from, port);
    take(data);
  };
};
