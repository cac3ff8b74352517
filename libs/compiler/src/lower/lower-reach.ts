import { own } from '@ushadow/kubernetes';
import type { ComposeService } from '@ushadow/compose';
import { jsonPointer } from '@ushadow/compose';
import type { Dependency, Listener, NetworkMembership, Protocol } from '../model/reach.ts';
import { positive } from './lower-scheduling.ts';

export function lowerListeners(service: ComposeService, path: string): readonly Listener[] {
  const published = (service.ports ?? []).map((port, index): Listener => ({
    port: port.target,
    protocol: protocolOf(port.protocol),
    name: port.name,
    appProtocol: port.app_protocol,
    published: positive(port.published?.split('-')[0]),
    hostAddress: port.host_ip,
    onNode: port.mode === 'host',
    origin: 'ports',
    path: `${path}/ports/${index}`,
  }));
  return [...published, ...(service.expose ?? []).flatMap((text, index) => exposed(text, `${path}/expose/${index}`))];
}

function exposed(text: string, path: string): readonly Listener[] {
  const match = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(String(text).trim());
  if (match === null) return [];
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  const count = Math.max(0, Math.min(last, 65_535) - first + 1);
  return Array.from({ length: count }, (_, offset) => ({
    port: first + offset,
    protocol: protocolOf(match[3]),
    name: undefined,
    appProtocol: undefined,
    published: undefined,
    hostAddress: undefined,
    onNode: false,
    origin: 'expose' as const,
    path,
  }));
}

function protocolOf(text: string | undefined): Protocol {
  return text === 'udp' || text === 'sctp' ? text : 'tcp';
}

const CONDITIONS: Readonly<Record<string, Dependency['condition']>> = {
  service_healthy: 'ready',
  service_completed_successfully: 'completed',
};

export function lowerDependencies(service: ComposeService, path: string): readonly Dependency[] {
  return Object.entries(service.depends_on ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, dependency]) => ({
      service: name,
      condition: own(CONDITIONS, dependency.condition) ?? 'started',
      required: dependency.required,
      restart: dependency.restart === true,
      path: path + jsonPointer(['depends_on', name]),
    }));
}

export function lowerMembership(service: ComposeService, path: string): NetworkMembership {
  const filled = (texts: readonly string[] | undefined): readonly string[] =>
    (texts ?? []).filter((text) => text !== '');
  return {
    ...networkMode(service.network_mode ?? ''),
    ...lowerNetworks(service.networks ?? {}, path),
    containerName: service.container_name,
    links: (service.links ?? []).map((text, index) => {
      const [name = '', alias] = text.split(':');
      return { service: name, alias, path: `${path}/links/${index}` };
    }),
    hosts: lowerHosts(service.extra_hosts ?? [], path),
    dns: filled(service.dns),
    dnsSearch: filled(service.dns_search),
    dnsOptions: filled(service.dns_opt),
    roundRobin: service.deploy?.endpoint_mode === 'dnsrr',
  };
}

function networkMode(text: string): Pick<NetworkMembership, 'mode' | 'joins'> {
  const [mode = '', joins] = text.split(':');
  if (mode === 'service' || mode === 'container') return { mode: 'joined', joins };
  return { mode: mode === 'host' ? 'machine' : mode === 'none' ? 'none' : 'own', joins: undefined };
}

function lowerNetworks(
  networks: NonNullable<ComposeService['networks']>,
  path: string,
): Pick<NetworkMembership, 'networks' | 'addresses'> {
  const entries = Object.entries(networks).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    networks: entries.map(([key, attachment]) => ({
      key,
      aliases: attachment?.aliases ?? [],
      path: path + jsonPointer(['networks', key]),
    })),
    addresses: entries.flatMap(([, attachment]) =>
      [attachment?.ipv4_address, attachment?.ipv6_address].filter((address) => address !== undefined),
    ),
  };
}

function lowerHosts(entries: readonly string[], path: string): NetworkMembership['hosts'] {
  return entries.map((text, index) => {
    const equals = text.indexOf('=');
    const split = equals < 0 ? text.indexOf(':') : equals;
    const addresses = text
      .slice(split + 1)
      .split(',')
      .map((address) => address.trim().replace(/^\[(.*)\]$/, '$1'));
    return { name: text.slice(0, split), addresses, path: `${path}/extra_hosts/${index}` };
  });
}
