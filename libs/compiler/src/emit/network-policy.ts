import type { NetworkRule, DesignedService } from '../model/design.ts';
import { policyName } from '../names/give-names.ts';
import { publishedPorts } from '../reach/published-ports.ts';
import { isMade } from '../routes/fit.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, networkLabel, projectLabels, selectorLabels, serviceLabels } from './metadata.ts';
import type { Draft, DraftRecord, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

const API = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;

/** Pods of one network may talk to each other; an internal network leads nowhere else but to the name server. */
export function emitNetworkPolicy(rule: NetworkRule, context: EmitContext): Sourced {
  const peers = [{ podSelector: { matchLabels: { [networkLabel(rule.label)]: 'true' } } }];
  const dns = [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ];
  return from(rule.path, {
    ...API,
    metadata: metadata(rule.name, context, projectLabels(context)),
    spec: {
      podSelector: { matchLabels: { [networkLabel(rule.label)]: 'true' } },
      policyTypes: rule.internal ? ['Ingress', 'Egress'] : ['Ingress'],
      ingress: [{ from: peers }],
      egress: rule.internal ? [{ to: peers }, { ports: dns }] : undefined,
    },
  });
}

/**
 * What Compose publishes and what routes lead to stays open to everyone, and so to the controller that carries the routes out,
 * whatever the networks say; `network_mode: none` is closed.
 */
export function emitServicePolicy(designed: DesignedService, context: EmitContext): Sourced | undefined {
  const none = designed.service.membership.mode === 'none';
  const services = context.pods.get(designed.service.name) ?? [designed];
  const ports = openPorts(services);
  const isolated = services.some(({ networks }) => networks.length > 0);
  if (!none && (ports.length === 0 || !isolated)) return undefined;
  const spec: Draft = {
    podSelector: { matchLabels: selectorLabels(designed) },
    policyTypes: none ? ['Ingress', 'Egress'] : ['Ingress'],
    ingress: none ? undefined : [{ ports: some(ports) }],
  };
  return from(designed.service.path, {
    ...API,
    metadata: metadata(policyName(designed.name), context, serviceLabels(designed, context)),
    spec,
  });
}

function openPorts(services: readonly DesignedService[]): readonly DraftRecord[] {
  const published = services.flatMap(({ service }) => publishedPorts(service));
  const routed = services
    .flatMap(({ routes }) => routes.filter(isMade))
    .map(({ backend }) => ({ port: backend.port, protocol: 'tcp' as const }));
  const streamed = services
    .flatMap(({ streams }) => streams)
    .map(({ backend, protocol }) => ({ port: backend.port, protocol }));
  const unique = new Map(
    [...published, ...routed, ...streamed].map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }]),
  );
  return [...unique.values()].map(({ port, protocol }) => ({ port, protocol: protocol.toUpperCase() }));
}
