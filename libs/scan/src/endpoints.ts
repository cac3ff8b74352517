import type { Candidate, CandidatePort } from './candidate.ts';
import type { ServiceView } from './view/service-view.ts';
import { wordsOf } from './type-of-words.ts';

export interface InfraPort {
  /** Its protocol, as the recogniser calls it, else the Service's own name for it. */
  readonly name: string | null;
  /** The type's usual number for it. */
  readonly port: number;
  /** `host:port` to connect to. */
  readonly endpoint: string;
}

export interface Endpoints {
  /** The chosen address first, then the other ports, then other ways to the same. */
  readonly all: readonly string[];
  readonly ports: readonly InfraPort[];
  /** A load balancer that has no address yet. */
  readonly pending: boolean;
}

const tlsWords = new Set(['https', 'ssl', 'tls']);

type Address = (port: CandidatePort) => string;

/** The addresses of a Service by its type; the in-cluster one is always offered too, where there is one. */
export function endpointsOf({ service, ports }: Candidate, nodeAddress: string | undefined): Endpoints {
  const cluster = clusterAddress(service);
  const outside = outsideAddress(service, nodeAddress);
  const chosen = outside ?? cluster;
  const ways = outside === undefined || service.type === 'ExternalName' ? [chosen] : [outside, cluster];
  return {
    all: [...new Set(ways.flatMap((way) => ports.map(way)))],
    ports: ports.map((port) => ({
      name: nameOf(port),
      port: port.known?.port ?? port.port.port,
      endpoint: chosen(port),
    })),
    pending: service.type === 'LoadBalancer' && service.loadBalancer.length === 0,
  };
}

/** A Service that calls its port `https` means it, where the type's own name for it is `http`. */
function nameOf({ port, known }: CandidatePort): string | null {
  if (known?.name === 'http' && wordsOf(port.name ?? '').some((word) => tlsWords.has(word))) return 'https';
  return known?.name ?? port.name ?? null;
}

function clusterAddress(service: ServiceView): Address {
  const host = `${service.name}.${service.namespace}.svc.cluster.local`;
  // The name of a headless Service gives the pods' own addresses, where only the container's port answers.
  return ({ port, target }) => `${host}:${service.headless ? target : port.port}`;
}

/** Undefined when the Service has no address outside the cluster, or none that is known now. */
function outsideAddress(service: ServiceView, nodeAddress: string | undefined): Address | undefined {
  const { externalName, loadBalancer, type } = service;
  if (type === 'ExternalName') return ({ port }) => `${externalName?.replace(/\.$/, '') ?? ''}:${port.port}`;
  const balancer = loadBalancer[0];
  if (type === 'LoadBalancer' && balancer !== undefined) return ({ port }) => `${bracketed(balancer)}:${port.port}`;
  const hasNodePorts = service.ports.every((port) => port.nodePort !== undefined);
  if (type === 'NodePort' && nodeAddress !== undefined && hasNodePorts) {
    return ({ port }) => `${bracketed(nodeAddress)}:${port.nodePort ?? port.port}`;
  }
  return undefined;
}

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address);
