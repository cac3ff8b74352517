import type { ClusterRoutingData } from '@ushadow/contracts';

/** What is set of a cluster's routing, as it is typed; empty: read from the cluster. */
export interface RoutingTexts {
  /** `namespace/name`. */
  readonly gateway: string;
  readonly ingressClass: string;
  /** Name of a ClusterIssuer, or `Issuer/name`. */
  readonly issuer: string;
}

/** What is sent for texts. The server checks the names. */
export function readRouting({ gateway, ingressClass, issuer }: RoutingTexts): ClusterRoutingData {
  return {
    gateway: readGateway(gateway.trim()),
    ingress_class: ingressClass.trim() || null,
    issuer: readIssuer(issuer.trim()),
  };
}

/** The same texts for what is set already. */
export function routingTexts({ gateway, ingress_class: ingressClass, issuer }: ClusterRoutingData): RoutingTexts {
  return {
    gateway: gateway === null ? '' : `${gateway.namespace}/${gateway.name}`,
    ingressClass: ingressClass ?? '',
    issuer: issuer === null ? '' : issuer.kind === 'Issuer' ? `Issuer/${issuer.name}` : issuer.name,
  };
}

/** The parts that differ: what was left as it is may have been changed by somebody else meanwhile. */
export function routingChanges(before: ClusterRoutingData, after: ClusterRoutingData): Partial<ClusterRoutingData> {
  const isSame = (part: keyof ClusterRoutingData): boolean =>
    JSON.stringify(before[part]) === JSON.stringify(after[part]);
  return {
    ...(isSame('gateway') ? {} : { gateway: after.gateway }),
    ...(isSame('ingress_class') ? {} : { ingress_class: after.ingress_class }),
    ...(isSame('issuer') ? {} : { issuer: after.issuer }),
  };
}

function readGateway(text: string): ClusterRoutingData['gateway'] {
  if (text === '') return null;
  const at = text.indexOf('/');
  return at === -1 ? { namespace: '', name: text } : { namespace: text.slice(0, at), name: text.slice(at + 1) };
}

function readIssuer(text: string): ClusterRoutingData['issuer'] {
  if (text === '') return null;
  const [, kind, name] = /^(?:(Issuer|ClusterIssuer)\/)?(.*)$/.exec(text) ?? [];
  return { kind: kind === 'Issuer' ? kind : 'ClusterIssuer', name: name ?? '' };
}
