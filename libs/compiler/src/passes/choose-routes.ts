import type { Design, DesignedService } from '../model/design.ts';
import type { AskedRoute, Route } from '../model/routes.ts';
import { giveNames } from '../names/give-names.ts';
import { routePort } from '../reach/published-ports.ts';
import { fitRoute } from '../routes/fit.ts';
import { podMembers } from '../select/select-services.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Each route leads to a port that there is, its object has a name of its own, and what the target makes of it is known. */
export const chooseRoutes: Pass<Design> = {
  name: 'choose-routes',
  run(design, context) {
    const names = giveNames(
      design.services.flatMap((designed) =>
        designed.askedRoutes.map((route) => ({ key: keyOf(designed, route), name: wantedName(designed, route) })),
      ),
    );
    const endOf = endsOf(design);
    return mapServices(design, (designed) => ({
      ...designed,
      routes: routesOf(endOf(designed), (route) => names.get(keyOf(designed, route)) ?? designed.name, context),
    }));
  },
};

/** A service, and the name on the network that leads to it. */
interface End {
  readonly designed: DesignedService;
  readonly endpoint: string;
}

/** What shares the network of another is reached by the name of that one, on ports that are called as there. */
function endsOf(design: Design): (designed: DesignedService) => End {
  const byName = new Map(design.services.map((designed) => [designed.service.name, designed]));
  const membersOf = podMembers(design);
  return (designed) => {
    const host = byName.get(designed.host);
    if (designed.named || host === undefined) return { designed, endpoint: designed.endpoint };
    const there = membersOf(host)
      .filter((each) => each === host || !each.named)
      .toSorted((a, b) => a.start.rank - b.start.rank)
      .flatMap(({ ports }) => ports);
    const ports = designed.ports.flatMap(
      (port) => there.find((each) => each.port === port.port && each.protocol === port.protocol) ?? [],
    );
    return { designed: { ...designed, ports }, endpoint: host.endpoint };
  };
}

function routesOf(
  { designed, endpoint }: End,
  nameOf: (route: AskedRoute) => string,
  { input, report }: PassContext,
): readonly Route[] {
  const { service, askedRoutes, settings } = designed;
  return askedRoutes.flatMap((route) => {
    const backend = routePort(designed, route);
    if (backend !== undefined) {
      const fit = fitRoute(route, input.target.routes, settings.withoutFilters ?? []);
      return [{ ...route, backend, endpoint, objectName: nameOf(route), fit }];
    }
    if (route.published) report('CMP0405', service.path, { service: service.name });
    else report('CMP1450', route.path, { service: service.name, port: String(route.port ?? '') });
    return [];
  });
}

const keyOf = ({ service }: DesignedService, route: AskedRoute): string => `${service.name}/${route.name}`;

/** The service's own for its only route and for a router that is called as it is. */
function wantedName({ name, service }: DesignedService, route: AskedRoute): string {
  if (route.name === '' || route.name === service.name) return name;
  const end = route.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return end === '' ? name : `${name}-${end}`;
}
