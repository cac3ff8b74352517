import type { Alias, DesignedService } from '../model/design.ts';
import type { EmitContext } from './emit-context.ts';
import { aliasLabel, metadata, projectLabels, selectorLabels, serviceLabels } from './metadata.ts';
import { isHeadless } from '../names/self-names.ts';
import { clusterPorts, isPublished } from './service.ts';
import type { Sourced } from './sourced.ts';
import { from, some } from './sourced.ts';

/** Another name of a service; a name that several share leads to all of them. */
export function emitAlias(alias: Alias, context: EmitContext): Sourced | undefined {
  const targets = alias.services.map((name) => context.byName.get(name)).filter((item) => item !== undefined);
  const [only] = targets;
  if (only === undefined) return undefined;
  const single = alias.services.length === 1;
  const headless = !single || alias.subdomain || isHeadless(only);
  return from(alias.path, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(alias.name, context, single ? serviceLabels(only, context) : projectLabels(context)),
    spec: {
      type: 'ClusterIP',
      publishNotReadyAddresses: headless || isPublished(only, context) ? true : undefined,
      clusterIP: headless ? 'None' : undefined,
      selector: single ? selectorLabels(hostOf(only, context)) : { [aliasLabel(alias.name)]: 'true' },
      ports: single ? some(clusterPorts(only, context)) : undefined,
    },
  });
}

function hostOf(designed: DesignedService, context: EmitContext): DesignedService {
  return context.byName.get(designed.host) ?? designed;
}
