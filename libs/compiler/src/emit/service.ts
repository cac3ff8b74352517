import type { PlannedService, Port } from '../model/design.ts';
import { isHeadless } from '../names/self-names.ts';
import type { EmitContext } from './emit-context.ts';
import { aliasLabel } from './metadata.ts';
import { hasNeverTwo } from './never-two.ts';
import { isOutwardItself, outwardType } from './outward-service.ts';
import { podSelector, serviceMetadata, servicePorts } from './service-parts.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The name of a service on the network (R22): always there, on the container's own ports. */
export function emitService(planned: PlannedService, context: EmitContext): Sourced {
  const type = isOutwardItself(planned, context) ? outwardType(planned) : undefined;
  const shared = context.plan.aliases.some(({ name }) => name === planned.endpoint);
  const nodePort = type === 'NodePort' ? planned.settings.nodePort : undefined;
  return from(planned.service.path, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(planned, planned.endpoint, context),
    spec: {
      type: type ?? 'ClusterIP',
      publishNotReadyAddresses: isPublished(planned, context) ? true : undefined,
      clusterIP: isHeadless(planned) ? 'None' : undefined,
      externalTrafficPolicy: type === undefined ? undefined : planned.settings.externalTrafficPolicy,
      ipFamilyPolicy: context.dualStack && !isHeadless(planned) ? 'PreferDualStack' : undefined,
      // A name that is also another service's alias leads to the pods of both, whose ports have names of their own.
      selector: shared ? { [aliasLabel(planned.endpoint)]: 'true' } : podSelector(planned, context),
      ports: some(clusterPorts(planned, context, { byNumber: shared, nodePort })),
    },
  });
}

/**
 * Under Compose a name resolves whatever the health. So it does where it leads to the pods themselves, and where no
 * second pod could take the calls meanwhile; several behind one address keep to those that are ready.
 */
export function isPublished(planned: PlannedService, context: EmitContext): boolean {
  if (isHeadless(planned)) return true;
  const shared = context.plan.aliases.some(({ name }) => name === planned.endpoint);
  return !shared && hasNeverTwo(context.byName.get(planned.host) ?? planned);
}

interface PortStyle {
  /** Leads to the number, not the name of the container port. */
  readonly byNumber?: boolean;
  /** The port of the nodes that labels ask for, where there is only one to open. */
  readonly nodePort?: number | undefined;
}

/** Ports of the service and of those that run in its pod. */
export function clusterPorts(planned: PlannedService, context: EmitContext, style: PortStyle = {}): readonly Draft[] {
  const ports = servicePorts(planned, context);
  return ports.map((port) => emitPort(port, ports.length === 1 ? style : { ...style, nodePort: undefined }));
}

function emitPort(port: Port, { byNumber, nodePort }: PortStyle): Draft {
  return from(port.path, {
    name: port.name,
    port: port.port,
    targetPort: byNumber === true ? port.port : port.name,
    protocol: port.protocol.toUpperCase(),
    appProtocol: port.appProtocol,
    nodePort,
  });
}
