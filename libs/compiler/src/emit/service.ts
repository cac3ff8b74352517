import type { PlannedService, Port } from '../model/plan.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, selectorLabels, serviceLabels, userAnnotations } from './metadata.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The name of a service on the network (R22): always there, on the container's own ports. */
export function emitService(planned: PlannedService, context: EmitContext): Sourced {
  const type = serviceType(planned);
  const headless =
    type === undefined && (planned.settings.exposure === 'headless' || planned.headless || planned.kind === 'stateful');
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
      clusterIP: headless ? 'None' : undefined,
      externalTrafficPolicy: type === undefined ? undefined : planned.settings.externalTrafficPolicy,
      selector: selectorLabels(context.byName.get(planned.host) ?? planned),
      ports: some(planned.ports.map((port) => emitPort(port, planned))),
    },
  });
}

/** Outward only when asked for and when there is a port to open. */
function serviceType({ settings, ports }: PlannedService): 'NodePort' | 'LoadBalancer' | undefined {
  const outward =
    settings.exposure === 'NodePort' || settings.exposure === 'LoadBalancer' ? settings.exposure : undefined;
  return ports.length > 0 ? outward : undefined;
}

function emitPort(port: Port, { settings, ports }: PlannedService): Draft {
  return from(port.path, {
    name: port.name,
    port: port.port,
    targetPort: port.name,
    protocol: port.protocol.toUpperCase(),
    appProtocol: port.appProtocol,
    nodePort: settings.exposure === 'NodePort' && ports.length === 1 ? settings.nodePort : undefined,
  });
}
