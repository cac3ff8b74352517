import type { Candidate, Confidence, SecretReference } from './candidate.ts';
import { endpointsOf, type InfraPort } from './endpoints.ts';
import type { NodeAddresses } from './node-addresses.ts';
import type { Recogniser } from './recogniser.ts';
import { recognisers } from './recognisers.ts';

/**
 * One type's entry in `infra_scans[namespace]`, spelled as it is kept and sent: the fields clients know
 * (`found`, `endpoints`, `type`, `namespace`, `default_port`) and the evidence beside them.
 */
export interface InfraResult {
  readonly found: boolean;
  /** `host:port`, the chosen one first. */
  readonly endpoints: readonly string[];
  readonly type: string;
  /** Where it was found; null when it was not. */
  readonly namespace: string | null;
  readonly default_port: number;
  readonly service_name: string | null;
  readonly service_type: string | null;
  /** Null when it could not be seen. */
  readonly ready: boolean | null;
  readonly reason: string | null;
  readonly confidence: Confidence | null;
  readonly ports: readonly InfraPort[];
  /** A load balancer without an address yet: `endpoints` has the in-cluster one. */
  readonly pending: boolean;
  /** What made the Service, for example `Cluster/pg` or `Helm`; null when it does not say. */
  readonly made_by: string | null;
  /** Project of the stack that it belongs to; such a thing is offered, never taken by itself. */
  readonly stack: string | null;
  /** Secrets its own pods take credentials from, by reference. */
  readonly secret_refs: readonly SecretReference[];
  /** Other Services of the same type, the better first, fifty at most. */
  readonly alternatives: readonly InfraAlternative[];
}

export interface InfraAlternative {
  readonly service_name: string;
  readonly service_type: string;
  readonly endpoints: readonly string[];
  readonly ready: boolean | null;
  readonly reason: string;
  readonly confidence: Confidence;
  readonly stack: string | null;
}

/** More than anyone reads through, and few enough that what is kept and sent stays small. */
const ALTERNATIVES_MAX = 50;

/** `ranked`: the candidates of this type, the best first. */
export function toInfraResult(
  recogniser: Recogniser,
  ranked: readonly Candidate[],
  addresses: NodeAddresses,
): InfraResult {
  const [best, ...others] = ranked;
  if (best === undefined) return absent.get(recogniser.type) ?? notFound(recogniser);
  const endpoints = endpointsOf(best, addresses.of(best.service));
  return {
    found: true,
    endpoints: endpoints.all,
    type: recogniser.type,
    namespace: best.service.namespace,
    default_port: recogniser.ports[0].port,
    service_name: best.service.name,
    service_type: serviceType(best),
    ready: best.ready,
    reason: best.reason,
    confidence: best.confidence,
    ports: endpoints.ports,
    pending: endpoints.pending,
    made_by: best.service.madeBy ?? null,
    stack: best.service.stack ?? null,
    secret_refs: best.secretRefs,
    alternatives: others.slice(0, ALTERNATIVES_MAX).map((other) => toAlternative(other, addresses)),
  };
}

function toAlternative(candidate: Candidate, addresses: NodeAddresses): InfraAlternative {
  return {
    service_name: candidate.service.name,
    service_type: serviceType(candidate),
    endpoints: endpointsOf(candidate, addresses.of(candidate.service)).all,
    ready: candidate.ready,
    reason: candidate.reason,
    confidence: candidate.confidence,
    stack: candidate.service.stack ?? null,
  };
}

/** One for all namespaces: most have nothing of most types. */
const absent = new Map(recognisers.map((recogniser) => [recogniser.type, notFound(recogniser)]));

function notFound(recogniser: Recogniser): InfraResult {
  return {
    found: false,
    endpoints: [],
    type: recogniser.type,
    namespace: null,
    default_port: recogniser.ports[0].port,
    service_name: null,
    service_type: null,
    ready: null,
    reason: null,
    confidence: null,
    ports: [],
    pending: false,
    made_by: null,
    stack: null,
    secret_refs: [],
    alternatives: [],
  };
}

const serviceType = ({ service }: Candidate) => (service.headless ? 'Headless' : service.type);
