import type { ExposedDesign, ExposedService } from '../model/design.ts';
import type { Protocol } from '../model/reach.ts';
import { knownImage } from '../images/known-images.ts';
import { appProtocolOf, protocolOn } from '../images/application-protocols.ts';
import { ownNames } from '../health/own-names.ts';
import { recogniseProbe } from '../health/recognise-probe.ts';
import { isLoopback } from '../reach/published-ports.ts';
import { namePorts, type NamelessPort } from './name-ports.ts';
import { addressesIn } from '@ushadow/kubernetes';
import { once } from '../text/once.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** More ports than this are served by a name that leads to the containers themselves. */
const PORTS_MAX = 200;

/**
 * Container ports from `ports` and `expose`, then those on which the health check or the siblings call the service by name, and
 * those of its routes. A service that
 * declares none gets a name that leads to its containers: every port works, and none is invented.
 */
export const inferPorts: Pass<ExposedDesign> = {
  name: 'infer-ports',
  run(design, context) {
    const called = calledPorts(design);
    return mapServices(design, (designed) =>
      inferOf(
        designed,
        [
          ...healthPorts(designed, design),
          ...(called.get(designed.service.name) ?? []),
          ...routedPorts(designed),
          ...streamPorts(designed, 'tcp'),
        ],
        context,
      ),
    );
  },
};

function inferOf(designed: ExposedService, called: readonly number[], context: PassContext): ExposedService {
  const { service } = designed;
  const declared = declaredPorts(designed, context);
  const extra = [...called, ...(declared.length > 0 ? [] : (knownImage(designed.image)?.ports ?? []))];
  const merged = new Map(declared.map((port) => [`${port.port}/${port.protocol}`, port]));
  for (const port of extra) {
    const key = `${port}/tcp`;
    if (!merged.has(key)) merged.set(key, plainPort(port, 'tcp', service.path));
  }
  for (const port of streamPorts(designed, 'udp')) {
    const key = `${port}/udp`;
    if (!merged.has(key)) merged.set(key, plainPort(port, 'udp', service.path));
  }
  const headless = service.membership.roundRobin || declared.length === 0 || merged.size > PORTS_MAX;
  if (merged.size > PORTS_MAX) {
    context.report('CMP0404', `${service.path}/ports`, { service: service.name, count: merged.size });
    return { ...designed, ports: [], headless };
  }
  return {
    ...designed,
    ports: namePorts([...merged.values()].map((port) => withProtocol(port, designed.image))),
    headless,
  };
}

/** With its application protocol; what the file says of it stays. */
function withProtocol(port: NamelessPort, image: string): NamelessPort {
  const knownProtocol = protocolOn(port.port, port.protocol, image);
  return {
    ...port,
    knownProtocol,
    appProtocol: port.appProtocol ?? appProtocolOf(knownProtocol, port.port, port.protocol),
  };
}

/** One port for each container port and protocol; the first published number stays. */
function declaredPorts({ service }: ExposedService, { report }: PassContext): readonly NamelessPort[] {
  const ports = new Map<string, NamelessPort>();
  for (const listener of service.listeners) {
    const key = `${listener.port}/${listener.protocol}`;
    const known = ports.get(key);
    const loopback = isLoopback(listener.hostAddress);
    if (listener.hostAddress !== undefined && !loopback && !/^(0\.0\.0\.0|::|\[::\])$/.test(listener.hostAddress)) {
      report('CMP0403', listener.path, { service: service.name, address: listener.hostAddress, port: listener.port });
    }
    const next: NamelessPort = {
      port: listener.port,
      protocol: listener.protocol,
      knownProtocol: undefined,
      appProtocol: listener.appProtocol,
      published: listener.published,
      loopback: listener.origin === 'ports' && loopback,
      onNode: listener.onNode,
      path: listener.path,
      asked: listener.name,
    };
    if (known === undefined) ports.set(key, next);
    else if (known.published === undefined || (known.loopback && !next.loopback && next.published !== undefined)) {
      ports.set(key, { ...next, asked: known.asked ?? next.asked, path: known.path });
    }
  }
  return [...ports.values()];
}

function plainPort(port: number, protocol: Protocol, path: string): NamelessPort {
  return {
    port,
    protocol,
    knownProtocol: undefined,
    appProtocol: undefined,
    published: undefined,
    loopback: false,
    onNode: false,
    path,
    asked: undefined,
  };
}

/** A check that goes to the service's own name tells a port that is open to others; one of loopback tells nothing. */
function healthPorts(designed: ExposedService, design: ExposedDesign): readonly number[] {
  const { health } = designed.service;
  if (health === undefined || health.kind === 'none' || health.kind === 'timing') return [];
  const handler = recogniseProbe(health, { names: ownNames(designed, design), isOpen: () => false });
  return handler.kind === 'exec' ? [] : [handler.port];
}

/** What is asked for by its number for a proxy is there, published or not. */
function routedPorts({ askedRoutes }: ExposedService): readonly number[] {
  return askedRoutes.flatMap(({ port, published }) => (port === undefined || published ? [] : [port]));
}

function streamPorts({ askedStreams }: ExposedService, protocol: 'tcp' | 'udp'): readonly number[] {
  return askedStreams.flatMap((stream) => (stream.protocol === protocol ? (stream.port ?? []) : []));
}

/** Ports on which services are called by name in the variables, commands and mounted files of their siblings. */
function calledPorts(design: ExposedDesign): ReadonlyMap<string, readonly number[]> {
  const owners = nameOwners(design);
  const called = new Map<string, Set<number>>();
  const addresses = once(addressesIn);
  for (const { service, texts } of design.services) {
    for (const { host, port } of texts.flatMap(({ text }) => addresses(text))) {
      const owner = owners.get(host);
      if (owner === undefined || owner === service.name || port === undefined) continue;
      called.set(owner, (called.get(owner) ?? new Set()).add(port));
    }
  }
  return new Map([...called].map(([name, ports]) => [name, [...ports].sort((a, b) => a - b)]));
}

/** Which service answers to a name; service names come before aliases. */
function nameOwners(design: ExposedDesign): ReadonlyMap<string, string> {
  const services = design.services.map(({ service }) => service);
  const aliases = services.flatMap(({ name, membership }): readonly [string, string][] =>
    [membership.containerName ?? name, ...membership.networks.flatMap((network) => network.aliases)].map((alias) => [
      alias,
      name,
    ]),
  );
  return new Map([...aliases, ...services.map(({ name }): [string, string] => [name, name])]);
}
