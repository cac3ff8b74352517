import { CHANNEL, type BrokerHello, type BrokerMessage, type WatcherMessage } from './messages.ts';
import { startBroker } from './start-broker.ts';

/** The connection of a tab to the broker, wherever that runs. */
export interface Link {
  readonly post: (message: WatcherMessage) => void;
}

export interface LinkListener {
  readonly onMessage: (message: BrokerMessage) => void;
  /** The broker knows nothing of this tab: what is watched has to be said again. */
  readonly onHello: () => void;
}

/** A worker that all tabs share; else the tab that holds the lock; else, without either, the tab itself. */
export function openLink(listener: LinkListener): Link {
  if (typeof SharedWorker !== 'undefined') return linkToWorker(listener);
  // Locks are there on secure origins only.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (typeof BroadcastChannel !== 'undefined' && locks !== undefined) return linkToLeader(listener, locks);
  return { post: startBroker(listener.onMessage) };
}

function linkToWorker({ onMessage, onHello }: LinkListener): Link {
  const worker = new SharedWorker(new URL('./shared-broker.ts', import.meta.url), { name: CHANNEL, type: 'module' });
  worker.port.onmessage = ({ data }: MessageEvent<BrokerMessage>) => {
    onMessage(data);
  };
  // A worker that cannot be loaded leaves the tab with a broker of its own.
  let post = (message: WatcherMessage) => {
    worker.port.postMessage(message);
  };
  worker.onerror = () => {
    worker.onerror = null;
    post = startBroker(onMessage);
    onHello();
  };
  return {
    post: (message) => {
      post(message);
    },
  };
}

/** Every tab asks for the lock; who gets it runs the broker until it is closed, then the next one does. */
function linkToLeader({ onMessage, onHello }: LinkListener, locks: LockManager): Link {
  const own = new BroadcastChannel(CHANNEL);
  own.onmessage = ({ data }: MessageEvent<BrokerMessage | BrokerHello | WatcherMessage>) => {
    if (data.kind === 'hello') onHello();
    else if ('to' in data) onMessage(data);
  };
  void locks.request(CHANNEL, () => {
    lead();
    return new Promise<never>(() => undefined);
  });
  return {
    post: (message) => {
      own.postMessage(message);
    },
  };
}

function lead(): void {
  // A channel of its own, so that the leader's tab is a watcher like the others.
  const channel = new BroadcastChannel(CHANNEL);
  const take = startBroker((message) => {
    channel.postMessage(message);
  });
  channel.onmessage = ({ data }: MessageEvent<BrokerMessage | BrokerHello | WatcherMessage>) => {
    if ('from' in data) take(data);
  };
  channel.postMessage({ kind: 'hello' } satisfies BrokerHello);
}
