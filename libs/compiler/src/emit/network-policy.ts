import type { NetworkRule, PlannedService } from '../model/plan.ts';
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
    metadata: metadata(`network-${rule.label}`, context, projectLabels(context)),
    spec: {
      podSelector: { matchLabels: { [networkLabel(rule.label)]: 'true' } },
      policyTypes: rule.internal ? ['Ingress', 'Egress'] : ['Ingress'],
      ingress: [{ from: peers }],
      egress: rule.internal ? [{ to: peers }, { ports: dns }] : undefined,
    },
  });
}

/** What Compose publishes stays open to everyone, whatever the networks say; `network_mode: none` is closed. */
export function emitServicePolicy(planned: PlannedService, context: EmitContext): Sourced | undefined {
  const none = planned.service.membership.mode === 'none';
  const open = planned.ports.filter(({ published, loopback }) => published !== undefined && !loopback);
  const ports = open.map(({ port, protocol }): DraftRecord => ({ port, protocol: protocol.toUpperCase() }));
  if (!none && (ports.length === 0 || planned.networks.length === 0)) return undefined;
  const spec: Draft = {
    podSelector: { matchLabels: selectorLabels(planned) },
    policyTypes: none ? ['Ingress', 'Egress'] : ['Ingress'],
    ingress: none ? undefined : [{ ports: some(ports) }],
  };
  return from(planned.service.path, {
    ...API,
    metadata: metadata(`${planned.name}-published`, context, serviceLabels(planned, context)),
    spec,
  });
}
