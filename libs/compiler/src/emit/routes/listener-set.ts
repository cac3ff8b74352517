import type { GatewayTarget } from '../../compile-input.ts';
import type { DesignedService } from '../../model/design.ts';
import { certificateName, listenerName, listenerSetName, secureParents } from '../../routes/listeners.ts';
import type { EmitContext } from '../emit-context.ts';
import { metadata, projectLabels } from '../metadata.ts';
import type { Sourced } from '../sourced.ts';
import { from } from '../sourced.ts';
import { issuerAnnotation } from './ingress.ts';

/** A host that is to be served by TLS, where the Gateway takes listeners from others, and who wants it. */
export interface SecureHost {
  readonly host: string;
  readonly services: readonly string[];
  /** With the certificate; undefined: one made for the host. */
  readonly secretName: string | undefined;
  readonly path: string;
}

/** Each host once: two listeners of one host would be in each other's way. */
export function secureHosts(services: readonly DesignedService[], target: GatewayTarget): readonly SecureHost[] {
  const hosts = new Map<string, SecureHost>();
  for (const { service, routes } of services) {
    for (const route of routes) {
      if (route.tls === undefined || route.fit.rules.length === 0) continue;
      for (const host of secureParents(route, target).listenerSets) {
        const known = hosts.get(host);
        const wanted = new Set([...(known?.services ?? []), service.name]);
        // Empty is the controller's own certificate, which no listener can ask for.
        const secretName = known?.secretName ?? (route.tls.secretName === '' ? undefined : route.tls.secretName);
        hosts.set(host, { host, services: [...wanted], secretName, path: known?.path ?? route.path });
      }
    }
  }
  return [...hosts.values()];
}

export function emitListenerSet(
  { host, secretName, path }: SecureHost,
  target: GatewayTarget,
  context: EmitContext,
): Sourced {
  const name = listenerSetName(host, context.design.app.name);
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
          tls: { mode: 'Terminate', certificateRefs: [{ name: secretName ?? certificateName(name) }] },
        },
      ],
    },
  });
}
