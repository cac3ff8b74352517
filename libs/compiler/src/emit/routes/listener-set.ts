import { isDnsSubdomain } from '@ushadow/kubernetes';
import type { GatewayTarget } from '../../compile-input.ts';
import type { DesignedService } from '../../model/design.ts';
import { freeName } from '../../names/free-name.ts';
import { fitRoute } from '../../routes/fit.ts';
import { listenerName, secureParents } from '../../routes/listeners.ts';
import type { EmitContext } from '../emit-context.ts';
import { metadata, projectLabels } from '../metadata.ts';
import type { Sourced } from '../sourced.ts';
import { from } from '../sourced.ts';
import { issuerAnnotation } from './ingress.ts';

/** A host that is to be served by TLS, where the Gateway takes listeners from others, and who wants it. */
export interface SecureHost {
  readonly host: string;
  readonly services: readonly string[];
  readonly path: string;
}

/** Each host once: two listeners of one host would be in each other's way. */
export function secureHosts(services: readonly DesignedService[], target: GatewayTarget): readonly SecureHost[] {
  const hosts = new Map<string, SecureHost>();
  for (const { service, settings, routes } of services) {
    for (const route of routes) {
      if (route.tls === undefined || fitRoute(route, target, settings.withoutFilters ?? []).rules.length === 0)
        continue;
      for (const host of secureParents(route, target).listenerSets) {
        const known = hosts.get(host);
        const wanted = new Set([...(known?.services ?? []), service.name]);
        hosts.set(host, { host, services: [...wanted], path: known?.path ?? route.path });
      }
    }
  }
  return [...hosts.values()];
}

export function emitListenerSet({ host, path }: SecureHost, target: GatewayTarget, context: EmitContext): Sourced {
  const name = listenerSetName(host, context);
  const annotations = target.issuer === undefined ? {} : issuerAnnotation(target.issuer);
  return from(path, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: metadata(name, context, projectLabels(context), annotations),
    spec: {
      parentRef: {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        name: target.name,
        namespace: target.namespace,
      },
      listeners: [
        {
          name: listenerName(host),
          hostname: host,
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ name: `${name}-tls` }] },
        },
      ],
    },
  });
}

/** Of the project and the host: equal for all who hold on to it. */
export function listenerSetName(host: string, { design }: EmitContext): string {
  const text = `${design.app.name}-${listenerName(host)}`;
  return isDnsSubdomain(text) && text.length <= 59 ? text : freeName(text, () => false, { maxLength: 59 });
}
