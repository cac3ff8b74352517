import { once } from 'node:events';
import { createServer } from 'node:net';
import { TcpLink, type LinkConditions } from './tcp-link.ts';

/** A way to a TCP server that can be made worse and mended. */
export type TcpProxy = {
  readonly host: string;
  readonly port: number;
  /** Closes every connection and refuses new ones. */
  readonly cut: () => void;
  /** Holds everything that passes, without closing anything; `mend` delivers it. */
  readonly pause: () => void;
  /** Open connections go silent for ever without being closed; new ones are accepted and stay silent too. */
  readonly blackhole: () => void;
  /** Ends every connection by a reset; new ones pass. */
  readonly reset: () => void;
  /** Delays everything from now on by so many milliseconds, each way. */
  readonly setLatency: (ms: number) => void;
  /** Ends `cut`, `pause` and `blackhole`. */
  readonly mend: () => void;
  /** The open connection whose far end has this local port: what the server behind sees as its client's port. */
  readonly linkAt: (farPort: number | undefined) => TcpLink | undefined;
  readonly close: () => Promise<void>;
};

/** Forwards a free port on loopback to `target`. */
export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const links = new Set<TcpLink>();
  let way: 'open' | 'cut' | 'black' = 'open';
  let conditions: LinkConditions = { latencyMs: 0, paused: false };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (way === 'cut') {
      near.on('error', () => undefined);
      near.destroy();
      return;
    }
    const link = new TcpLink(near, target, conditions);
    links.add(link);
    near.once('close', () => links.delete(link));
    if (way === 'black') link.silence();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const setConditions = (changed: Partial<LinkConditions>): void => {
    conditions = { ...conditions, ...changed };
    for (const link of links) link.setConditions(conditions);
  };
  const cut = (): void => {
    way = 'cut';
    for (const link of links) link.destroy();
  };
  return {
    host: '127.0.0.1',
    port: address.port,
    cut,
    pause: () => setConditions({ paused: true }),
    blackhole: () => {
      way = 'black';
      for (const link of links) link.silence();
    },
    reset: () => {
      for (const link of links) link.reset();
    },
    setLatency: (latencyMs) => setConditions({ latencyMs }),
    mend: () => {
      way = 'open';
      setConditions({ paused: false });
    },
    linkAt: (farPort) => [...links].find(({ far }) => farPort !== undefined && far.localPort === farPort),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The same URL, led through a proxy. */
export function throughProxy(url: string, proxy: TcpProxy): string {
  const through = new URL(url);
  through.hostname = proxy.host;
  through.port = String(proxy.port);
  return through.toString();
}
