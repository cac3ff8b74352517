import type { DesignedService } from '../model/design.ts';
import type { Port } from '../model/reach.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, selectorLabels, serviceLabels, userAnnotations } from './metadata.ts';
import type { DraftRecord } from './sourced.ts';

export function serviceMetadata(designed: DesignedService, name: string, context: EmitContext): DraftRecord {
  return metadata(
    name,
    context,
    serviceLabels(designed, context),
    userAnnotations(designed.settings.annotations ?? {}),
  );
}

/** The pods of a service are those of the one that it runs with. */
export function podSelector(designed: DesignedService, context: EmitContext): DraftRecord {
  return selectorLabels(context.byName.get(designed.host) ?? designed);
}

/** Ports of the service and of those that share its name on the network. */
export function servicePorts(designed: DesignedService, context: EmitContext): readonly Port[] {
  const services = (context.pods.get(designed.service.name) ?? [designed]).filter(
    (item) => item === designed || !item.named,
  );
  const ports = new Map<string, Port>();
  for (const port of services.flatMap((item) => item.ports)) {
    const key = `${port.port}/${port.protocol}`;
    if (!ports.has(key)) ports.set(key, port);
  }
  return [...ports.values()];
}
