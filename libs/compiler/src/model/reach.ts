export type Protocol = 'tcp' | 'udp' | 'sctp';

/** A port the container listens on. */
export interface Listener {
  readonly port: number;
  readonly protocol: Protocol;
  readonly name: string | undefined;
  readonly appProtocol: string | undefined;
  /** The port asked for on the machine; undefined when only the container port is known. */
  readonly published: number | undefined;
  readonly hostAddress: string | undefined;
  readonly onNode: boolean;
  readonly origin: 'ports' | 'expose';
  readonly path: string;
}

/** A port of a container, by the name it has in its pod. */
export interface Port {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** The application protocol that is known, where it is not HTTP. */
  readonly knownProtocol: string | undefined;
  readonly appProtocol: string | undefined;
  readonly published: number | undefined;
  /** Bound to loopback on the machine: never to be opened outward. */
  readonly loopback: boolean;
  readonly onNode: boolean;
  readonly path: string;
}

export interface Dependency {
  readonly service: string;
  readonly condition: 'started' | 'ready' | 'completed';
  readonly required: boolean;
  readonly restart: boolean;
  readonly path: string;
}

export interface NetworkMembership {
  /** `own`: an address of its own; `joined`: shares the network of `service`. */
  readonly mode: 'own' | 'machine' | 'none' | 'joined';
  readonly joins: string | undefined;
  /** Networks by key, with the extra names the service has there. */
  readonly networks: readonly { readonly key: string; readonly aliases: readonly string[]; readonly path: string }[];
  /** Addresses that the file gives the service on its networks. */
  readonly addresses: readonly string[];
  readonly containerName: string | undefined;
  readonly links: readonly { readonly service: string; readonly alias: string | undefined; readonly path: string }[];
  readonly hosts: readonly { readonly name: string; readonly addresses: readonly string[]; readonly path: string }[];
  readonly dns: readonly string[];
  readonly dnsSearch: readonly string[];
  readonly dnsOptions: readonly string[];
  /** `deploy.endpoint_mode: dnsrr`: the name resolves to the containers themselves. */
  readonly roundRobin: boolean;
}
