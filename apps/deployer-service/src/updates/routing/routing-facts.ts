/** What a cluster has that takes requests from outside. Undefined: it was not seen. */
export interface RoutingFacts {
  readonly classes: readonly ClassFact[] | undefined;
  /** The cluster knows Gateways. */
  readonly servesGateways: boolean | undefined;
  /** Which of the routes for what is no HTTP it knows. */
  readonly streamKinds: readonly StreamKind[];
  /** It knows ListenerSets. */
  readonly servesListenerSets: boolean;
  /** The named one alone, where one is named. */
  readonly gateways: readonly GatewayFact[] | undefined;
  /** What was not seen, and why: `IngressClasses (not permitted)`. */
  readonly unseen: readonly string[];
}

export interface ClassFact {
  readonly name: string;
  readonly controller: string;
  readonly isDefault: boolean;
}

/** A Gateway, as one namespace has it. */
export interface GatewayFact {
  readonly namespace: string;
  readonly name: string;
  /** Those that take HTTPRoutes of the namespace. */
  readonly listeners: readonly ListenerFact[];
  /** Those that take its routes of connections and datagrams. */
  readonly streams: readonly ListenerFact[];
  /** It takes ListenerSets of the namespace. */
  readonly takesListenerSets: boolean;
  /** Why it serves nothing, in its own words; undefined: it does. */
  readonly trouble: string | undefined;
}

export const STREAM_KINDS = ['TCPRoute', 'TLSRoute', 'UDPRoute'] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

export interface ListenerFact {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly hostname?: string;
}
