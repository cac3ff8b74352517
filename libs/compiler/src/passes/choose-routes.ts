import type { Design, DesignedService } from '../model/design.ts';
import type { AskedRoute, Route } from '../model/routes.ts';
import { giveNames } from '../names/give-names.ts';
import { routeName } from '../names/route-name.ts';
import { routePort } from '../reach/published-ports.ts';
import { fitRoute } from '../routes/fit.ts';
import { routeEnds, type RouteEnd } from '../routes/route-ends.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Each route leads to a port that there is, its object has a name of its own, and what the target makes of it is known. */
export const chooseRoutes: Pass<Design> = {
  name: 'choose-routes',
  run(design, context) {
    const names = giveNames(
      design.services.flatMap((designed) =>
        designed.askedRoutes.map((route) => ({ key: keyOf(designed, route), name: routeName(designed, route.name) })),
      ),
    );
    const endOf = routeEnds(design);
    return mapServices(design, (designed) => ({
      ...designed,
      routes: routesOf(endOf(designed), (route) => names.get(keyOf(designed, route)) ?? designed.name, context),
    }));
  },
};

function routesOf(
  { designed, endpoint }: RouteEnd,
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
