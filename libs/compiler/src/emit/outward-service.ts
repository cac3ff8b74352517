import type { DesignedService } from '../model/design.ts';
import { isHeadless } from '../names/self-names.ts';
import type { PublishedPort } from '../reach/published-ports.ts';
import { publishedPorts } from '../reach/published-ports.ts';
import type { EmitContext } from './emit-context.ts';
import { podSelector, serviceMetadata, servicePorts } from './service-parts.ts';
import type { Draft, Sourced } from './sourced.ts';
import { from } from './sourced.ts';
import { freeName } from '../names/free-name.ts';

type OutwardType = 'NodePort' | 'LoadBalancer';

/** Outward only when asked for and when Compose publishes a port. */
export function outwardType(designed: DesignedService): OutwardType | undefined {
  const { exposure } = designed.settings;
  const outward = exposure === 'NodePort' || exposure === 'LoadBalancer' ? exposure : undefined;
  return designed.ports.length > 0 && publishedPorts(designed.service).length > 0 ? outward : undefined;
}

/**
 * One Service does for both sides where it opens outward what the name offers inside: no port more, and for a load
 * balancer, which listens on the published numbers, the same numbers.
 */
export function isOutwardItself(designed: DesignedService, context: EmitContext): boolean {
  const type = outwardType(designed);
  if (type === undefined || isHeadless(designed)) return false;
  const outward = publishedPorts(designed.service);
  const inner = servicePorts(designed, context);
  return (
    outward.length === inner.length &&
    inner.every(({ port, protocol }) =>
      outward.some(
        (open) =>
          open.port === port && open.protocol === protocol && (type === 'NodePort' || open.listen === open.port),
      ),
    )
  );
}

/** What Compose publishes and nothing else, apart from the name that leads to the service inside. */
export function emitOutwardService(designed: DesignedService, context: EmitContext): Sourced | undefined {
  const type = outwardType(designed);
  if (type === undefined || isOutwardItself(designed, context)) return undefined;
  return from(designed.service.path, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: serviceMetadata(designed, spareName(designed.endpoint, 'outward', context), context),
    spec: {
      type,
      externalTrafficPolicy: designed.settings.externalTrafficPolicy,
      ipFamilyPolicy: context.dualStack ? 'PreferDualStack' : undefined,
      selector: podSelector(designed, context),
      ports: outwardPorts(designed, type),
    },
  });
}

function outwardPorts(designed: DesignedService, type: OutwardType): readonly Draft[] {
  const published = publishedPorts(designed.service);
  const names = new Set<string>();
  return published.map((open) => {
    const inner = designed.ports.find(({ port, protocol }) => port === open.port && protocol === open.protocol);
    const name = portName(inner?.name, open, names);
    names.add(name);
    return from(open.path, {
      name,
      port: open.listen,
      targetPort: inner?.name ?? open.port,
      protocol: open.protocol.toUpperCase(),
      appProtocol: inner?.appProtocol,
      nodePort: type === 'NodePort' && published.length === 1 ? designed.settings.nodePort : undefined,
    });
  });
}

/** A container port that is published twice gives its name to the first. */
function portName(name: string | undefined, { listen, protocol }: PublishedPort, taken: ReadonlySet<string>): string {
  if (name !== undefined && !taken.has(name)) return name;
  for (let text = `${protocol}-${listen}`; ; text = `x${text}`) if (!taken.has(text)) return text;
}

/** A name for a further Service of a name, which is no name of the project. */
export function spareName(endpoint: string, purpose: string, { endpoints, aliases }: EmitContext): string {
  const isTaken = (name: string): boolean => endpoints.has(name) || aliases.has(name);
  return freeName(`${endpoint}-${purpose}`, isTaken, { rule: 'rfc1035' });
}
