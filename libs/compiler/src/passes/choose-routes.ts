import type { Design, DesignedService } from '../model/design.ts';
import type { AskedRoute, Route } from '../model/routes.ts';
import { giveNames } from '../names/give-names.ts';
import { routePort } from '../reach/published-ports.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Each route leads to a port that there is, and its object has a name of its own. */
export const chooseRoutes: Pass<Design> = {
  name: 'choose-routes',
  run(design, context) {
    const names = giveNames(
      design.services.flatMap((designed) =>
        designed.askedRoutes.map((route) => ({ key: keyOf(designed, route), name: wantedName(designed, route) })),
      ),
    );
    return mapServices(design, (designed) => ({
      ...designed,
      routes: routesOf(designed, (route) => names.get(keyOf(designed, route)) ?? designed.name, context),
    }));
  },
};

function routesOf(
  designed: DesignedService,
  nameOf: (route: AskedRoute) => string,
  { report }: PassContext,
): readonly Route[] {
  const { service, askedRoutes } = designed;
  return askedRoutes.flatMap((route) => {
    const backend = designed.named ? routePort(designed, route) : undefined;
    if (backend !== undefined) return [{ ...route, backend, objectName: nameOf(route) }];
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
