import type { PlannedService, Port } from '../model/plan.ts';
import type { EmitContext } from './emit-context.ts';
import { aliasLabel, metadata, selectorLabels, serviceLabels, userAnnotations } from './metadata.ts';
import { isHeadless } from '../names/self-names.ts';
import { hasNeverTwo } from './never-two.ts';
import type { Draft, DraftRecord, Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** The name of a service on the network (R22): always there, on the container's own ports. */
export function emitService(planned: PlannedService, context: EmitContext): Sourced {
  const type = hasOwnOutward(planned) ? undefined : outwardType(planned);
  const shared = context.plan.aliases.some(({ name }) => name === planned.endpoint);
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
      ports: some(clusterPorts(planned, context, { byNumber: shared, nodePort: type === 'NodePort' })),
    },
  });
}

/**
 * What is opened outward, where that is less than what the name offers inside: ports bound to loopback stay inside.
 */
export function emitOutwardService(planned: PlannedService, context: EmitContext): Sourced | undefined {
  if (!hasOwnOutward(planned)) return undefined;
  const ports = outwardPorts(planned);
  return from(planned.service.path, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(planned, `${planned.endpoint.slice(0, 55)}-outward`, context),
    spec: {
      type: outwardType(planned),
      externalTrafficPolicy: planned.settings.externalTrafficPolicy,
      selector: podSelector(planned, context),
      ports: some(ports.map((port) => emitPort(port, planned, { nodePort: true }))),
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
  return !shared && hasNeverTwo(context.byName.get(planned.host) ?? planned, context);
}

function serviceMetadata(planned: PlannedService, name: string, context: EmitContext): DraftRecord {
  return metadata(name, context, serviceLabels(planned, context), userAnnotations(planned.settings.annotations ?? {}));
}

function podSelector(planned: PlannedService, context: EmitContext): DraftRecord {
  return selectorLabels(context.byName.get(planned.host) ?? planned);
}

/** Outward only when asked for and when there is a port to open. */
function outwardType(planned: PlannedService): 'NodePort' | 'LoadBalancer' | undefined {
  const { exposure } = planned.settings;
  const outward = exposure === 'NodePort' || exposure === 'LoadBalancer' ? exposure : undefined;
  return outwardPorts(planned).length > 0 ? outward : undefined;
}

function outwardPorts({ ports }: PlannedService): readonly Port[] {
  return ports.filter(({ loopback }) => !loopback);
}

function hasOwnOutward(planned: PlannedService): boolean {
  return outwardType(planned) !== undefined && outwardPorts(planned).length < planned.ports.length;
}

/** Ports of the service and of those that run in its pod. */
export function clusterPorts(planned: PlannedService, context: EmitContext, style: PortStyle = {}): readonly Draft[] {
  const services = (context.pods.get(planned.service.name) ?? [planned]).filter(
    (item) => item === planned || !item.named,
  );
  const ports = new Map<string, Port>();
  for (const port of services.flatMap((item) => item.ports)) {
    const key = `${port.port}/${port.protocol}`;
    if (!ports.has(key)) ports.set(key, port);
  }
  return [...ports.values()].map((port) => emitPort(port, planned, style));
}

interface PortStyle {
  /** Leads to the number, not the name of the container port. */
  readonly byNumber?: boolean;
  /** The port of the nodes that labels ask for is opened here. */
  readonly nodePort?: boolean;
}

function emitPort(port: Port, planned: PlannedService, { byNumber, nodePort }: PortStyle): Draft {
  const fixed = nodePort === true && outwardPorts(planned).length === 1 ? planned.settings.nodePort : undefined;
  return from(port.path, {
    name: port.name,
    port: port.port,
    targetPort: byNumber === true ? port.port : port.name,
    protocol: port.protocol.toUpperCase(),
    appProtocol: port.appProtocol,
    nodePort: fixed,
  });
}
