import type { NamedService } from '../model/design.ts';

/** What a route of a service would be called: as the service, for its only one and for a router that is called as it is. */
export function routeName({ name, service }: NamedService, route: string): string {
  if (route === '' || route === service.name) return name;
  const end = route
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return end === '' ? name : `${name}-${end}`;
}
