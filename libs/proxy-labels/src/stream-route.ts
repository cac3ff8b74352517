/** Connections or datagrams that a proxy over Docker would hand on as they are. */
export interface StreamRoute {
  /** Of the router. */
  readonly name: string;
  /** The Compose service that they go to. */
  readonly service: string;
  readonly protocol: 'tcp' | 'udp';
  /** JSON pointer of the label that says it. */
  readonly path: string;
  /** Of TLS, by which a connection is chosen and which the service ends; none: whatever comes. */
  readonly serverNames: readonly string[];
  /** Of the container; undefined: the first that it exposes. */
  readonly port: number | undefined;
  readonly entryPoints: readonly StreamEntryPoint[];
}

/** Where they come in. */
export interface StreamEntryPoint {
  readonly name: string;
  /** Undefined: the proxy that says it is not of the project. */
  readonly port: number | undefined;
}
