import type { AppService } from '../model/app.ts';
import type { DesignedService } from '../model/design.ts';
import type { Port, Protocol } from '../model/reach.ts';
import type { AskedRoute, AskedStream } from '../model/routes.ts';

/** A port that Compose opens on the machine, and the container port that it leads to. */
export interface PublishedPort {
  readonly listen: number;
  readonly port: number;
  readonly protocol: Protocol;
  readonly path: string;
}

/** What `ports:` opens for others: not what is only exposed or called, nor what is bound to loopback. */
export function publishedPorts({ listeners }: AppService): readonly PublishedPort[] {
  const ports = new Map<string, PublishedPort>();
  for (const { origin, published, port, protocol, hostAddress, path } of listeners) {
    if (origin !== 'ports' || isLoopback(hostAddress)) continue;
    const listen = published ?? port;
    const key = `${listen}/${protocol}`;
    if (!ports.has(key)) ports.set(key, { listen, port, protocol, path });
  }
  return [...ports.values()];
}

/** An address that only the machine itself can call. */
export function isLoopback(address: string | undefined): boolean {
  return /^(127\.|::1$|\[::1\]$|localhost$)/.test(address ?? '');
}

/** The port that connections or datagrams are handed on to: the one that was asked for, or the lowest of their protocol. */
export function streamPort({ ports }: DesignedService, { port, protocol }: AskedStream): Port | undefined {
  const own = ports.filter((each) => each.protocol === protocol).toSorted((a, b) => a.port - b.port);
  return port === undefined ? own[0] : own.find((each) => each.port === port);
}

/** The port that a route leads to: the one that was asked for; else the first TCP port that Compose publishes, or any. */
export function routePort({ service, ports }: DesignedService, route: AskedRoute): Port | undefined {
  const open = new Set(
    publishedPorts(service)
      .filter(({ protocol }) => protocol === 'tcp')
      .map(({ port }) => port),
  );
  const tcp = ports.filter(({ protocol }) => protocol === 'tcp');
  const isPublished = ({ port }: Port): boolean => open.has(port);
  if (route.port !== undefined)
    return tcp.find((each) => each.port === route.port && (!route.published || isPublished(each)));
  if (route.published) return tcp.find(isPublished);
  const lowest = tcp.toSorted((a, b) => a.port - b.port)[0];
  return route.router === undefined ? (tcp.find(isPublished) ?? lowest) : lowest;
}
