import type { AppService } from '../model/app.ts';
import type { DesignedService, Port } from '../model/design.ts';
import type { Protocol } from '../model/reach.ts';

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

/** The port that a route leads to: the first TCP port that Compose publishes, or the one that was asked for. */
export function routePort({ service, ports, settings }: DesignedService): Port | undefined {
  const open = new Set(
    publishedPorts(service)
      .filter(({ protocol }) => protocol === 'tcp')
      .map(({ port }) => port),
  );
  const asked = settings.route?.port;
  return ports.find(
    ({ port, protocol }) => protocol === 'tcp' && open.has(port) && (asked === undefined || asked === port),
  );
}
