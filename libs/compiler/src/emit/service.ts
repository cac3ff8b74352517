import type { DesignedService } from '../model/design.ts';
import type { Port } from '../model/reach.ts';
import { isHeadless } from '../names/self-names.ts';
import type { EmitContext } from './emit-context.ts';
import { aliasLabel } from './metadata.ts';
import { isOutwardItself, outwardType } from './outward-service.ts';
import { podSelector, serviceMetadata, servicePorts } from './service-parts.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The name of a service on the network (R22): always there, on the container's own ports. */
export function emitService(designed: DesignedService, context: EmitContext): Sourced {
  const type = isOutwardItself(designed, context) ? outwardType(designed) : undefined;
  const shared = context.design.aliases.some(({ name }) => name === designed.endpoint);
  const nodePort = type === 'NodePort' ? designed.settings.nodePort : undefined;
  return from(designed.service.path, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(designed, designed.endpoint, context),
    spec: {
      type: type ?? 'ClusterIP',
      publishNotReadyAddresses: isPublished(designed, context) ? true : undefined,
      clusterIP: isHeadless(designed) ? 'None' : undefined,
      externalTrafficPolicy: type === undefined ? undefined : designed.settings.externalTrafficPolicy,
      ipFamilyPolicy: context.dualStack && !isHeadless(designed) ? 'PreferDualStack' : undefined,
      // A name that is also another service's alias leads to the pods of both, whose ports have names of their own.
      selector: shared ? { [aliasLabel(designed.endpoint)]: 'true' } : podSelector(designed, context),
      ports: some(clusterPorts(designed, context, { byNumber: shared, nodePort })),
    },
  });
}

/**
 * Under Compose a name resolves whatever the health. So it does where it leads to the pods themselves, and where no
 * second pod could take the calls meanwhile; several behind one address keep to those that are ready.
 */
export function isPublished(designed: DesignedService, context: EmitContext): boolean {
  if (isHeadless(designed)) return true;
  const shared = context.design.aliases.some(({ name }) => name === designed.endpoint);
  return !shared && hasNeverTwo(context.byName.get(designed.host) ?? designed);
}

interface PortStyle {
  /** Leads to the number, not the name of the container port. */
  readonly byNumber?: boolean;
  /** The port of the nodes that labels ask for, where there is only one to open. */
  readonly nodePort?: number | undefined;
}

/** Ports of the service and of those that run in its pod. */
export function clusterPorts(designed: DesignedService, context: EmitContext, style: PortStyle = {}): readonly Draft[] {
  const ports = servicePorts(designed, context);
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

/** There is never a second pod beside the first: one of a set, or one replica that is gone before the next comes. */
export function hasNeverTwo({ autoscale, replicas, kind, alone }: DesignedService): boolean {
  if (autoscale !== undefined || replicas !== 1) return false;
  return kind === 'stateful' || (kind === 'replicated' && alone);
}
