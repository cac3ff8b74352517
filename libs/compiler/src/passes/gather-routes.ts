import { groupBy } from '@ushadow/kubernetes';
import type { LabelledService } from '@ushadow/proxy-labels';
import { readProxyLabels } from '@ushadow/proxy-labels';
import { jsonPointer } from '@ushadow/compose';
import type { NamedDesign, NamedService } from '../model/design.ts';
import type { AskedRoute, AskedStream } from '../model/routes.ts';
import { routesOfAddresses, routesOfSettings } from '../routes/asked-routes.ts';
import { routesOfRouter } from '../routes/proxy-routes.ts';
import { publishedPorts } from '../reach/published-ports.ts';
import { readPublicAddress } from '../routes/public-address.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** How services are to be reached by HTTP: as somebody asked for here, else as their labels say to a proxy. */
export const gatherRoutes: Pass<NamedDesign> = {
  name: 'gather-routes',
  run(design, context) {
    const fromLabels = routesOfLabels(design, context);
    return mapServices(design, (named) => {
      const asked = askedRoutes(named, context);
      const { routes: labelled, streams } = fromLabels(named, asked !== undefined);
      if (asked !== undefined && labelled.length > 0)
        context.report('CMP1452', labelled[0]?.path ?? named.service.path, { service: named.service.name });
      // Who wants no address outside wants none for anything.
      const isShut = asked?.length === 0;
      return { ...named, askedRoutes: asked ?? labelled, askedStreams: isShut ? [] : streams };
    });
  },
};

/** Undefined where nobody has asked for anything; empty where somebody wants none. */
function askedRoutes(named: NamedService, { input, report }: PassContext): readonly AskedRoute[] | undefined {
  const { service, settings } = named;
  const { route, publicAt } = settings;
  if (route === undefined && publicAt === undefined) return undefined;
  const addresses = (publicAt ?? []).flatMap((text) => {
    const address = readPublicAddress(text);
    if (address === undefined) report('CMP1459', service.path, { service: service.name, address: text });
    return address ?? [];
  });
  return distinct([
    ...(route === undefined || route === null ? [] : routesOfSettings(route, service.path)),
    ...routesOfAddresses(addresses, input.target.routes?.issuer, service.path),
  ]);
}

/** No two routes of a service have one name. */
function distinct(routes: readonly AskedRoute[]): readonly AskedRoute[] {
  return routes.map((route, index) => ({ ...route, name: index === 0 ? '' : String(index + 1) }));
}

interface LabelledRoutes {
  readonly routes: readonly AskedRoute[];
  readonly streams: readonly AskedStream[];
}

function routesOfLabels(
  design: NamedDesign,
  { report, input }: PassContext,
): (named: NamedService, giveWay: boolean) => LabelledRoutes {
  const { routes, streams, findings } = readProxyLabels(design.services.map(labelledService));
  for (const { code, path, params } of findings) report(code, path, params as never);
  const byService = groupBy(routes, ({ service }) => service);
  const streamsOf = groupBy(streams, ({ service }) => service);
  const target = input.target.routes;
  return ({ service: { name }, settings }, giveWay) => {
    const context = { report, target, waived: giveWay ? ['*'] : (settings.withoutFilters ?? []) };
    return {
      routes: (byService.get(name) ?? []).flatMap((router) => routesOfRouter(router, context)),
      streams: streamsOf.get(name) ?? [],
    };
  };
}

function labelledService({ service }: NamedService): LabelledService {
  const { name, path, image, process, labels, deployLabels, environment, mounts } = service;
  const written = (under: string, all: Readonly<Record<string, string>>): LabelledService['labels'] =>
    Object.entries(all).map(([key, value]) => ({ key, value, path: path + jsonPointer([...under.split('.'), key]) }));
  return {
    name,
    image: image.reference,
    command: [...(process.entrypoint ?? []), ...(process.command ?? [])],
    labels: [...written('labels', labels), ...written('deploy.labels', deployLabels)],
    environment: environment.map((variable) => ({
      key: variable.name,
      value: variable.value,
      path: variable.path,
    })),
    mounts: mounts.map(({ source }) => source),
    mountedAt: mounts.map(({ target }) => target),
    ports: publishedPorts(service).map(({ port, listen }) => ({ container: port, published: listen })),
  };
}
