import type { PlannedService, Port } from '../model/plan.ts';
import type { EmitContext } from './emit-context.ts';
import { aliasLabel, metadata, selectorLabels, serviceLabels, userAnnotations } from './metadata.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The name of a service on the network (R22): always there, on the container's own ports. */
export function emitService(planned: PlannedService, context: EmitContext): Sourced {
  const type = outwardType(planned);
  const shared = context.plan.aliases.some(({ name }) => name === planned.endpoint);
  return from(planned.service.path, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(
      planned.endpoint,
      context,
      serviceLabels(planned, context),
      userAnnotations(planned.settings.annotations ?? {}),
    ),
    spec: {
      type: type ?? 'ClusterIP',
      clusterIP: isHeadless(planned) ? 'None' : undefined,
      externalTrafficPolicy: type === undefined ? undefined : planned.settings.externalTrafficPolicy,
      ipFamilyPolicy: context.dualStack && !isHeadless(planned) ? 'PreferDualStack' : undefined,
      // A name that is also another service's alias leads to the pods of both, whose ports have names of their own.
      selector: shared
        ? { [aliasLabel(planned.endpoint)]: 'true' }
        : selectorLabels(context.byName.get(planned.host) ?? planned),
      ports: some(clusterPorts(planned, context, shared)),
    },
  });
}

/** Outward only when asked for and when there is a port to open. */
function outwardType({ settings, ports }: PlannedService): 'NodePort' | 'LoadBalancer' | undefined {
  const outward =
    settings.exposure === 'NodePort' || settings.exposure === 'LoadBalancer' ? settings.exposure : undefined;
  return ports.length > 0 ? outward : undefined;
}

/** The name leads to the pods themselves: asked for, no port declared, or pods with identities of their own. */
export function isHeadless(planned: PlannedService): boolean {
  if (outwardType(planned) !== undefined) return false;
  return planned.settings.exposure === 'headless' || planned.headless || planned.kind === 'stateful';
}

/** Ports of the service and of those that run in its pod. */
export function clusterPorts(planned: PlannedService, context: EmitContext, byNumber = false): readonly Draft[] {
  const services = (context.pods.get(planned.service.name) ?? [planned]).filter(
    (item) => item === planned || !item.named,
  );
  const ports = new Map<string, Port>();
  for (const port of services.flatMap((item) => item.ports)) {
    const key = `${port.port}/${port.protocol}`;
    if (!ports.has(key)) ports.set(key, port);
  }
  return [...ports.values()].map((port) => emitPort(port, planned, byNumber));
}

function emitPort(port: Port, { settings, ports }: PlannedService, byNumber: boolean): Draft {
  return from(port.path, {
    name: port.name,
    port: port.port,
    targetPort: byNumber ? port.port : port.name,
    protocol: port.protocol.toUpperCase(),
    appProtocol: port.appProtocol,
    nodePort: settings.exposure === 'NodePort' && ports.length === 1 ? settings.nodePort : undefined,
  });
}
