import type { ComposeProject } from '@ushadow/compose';

/** Every name that leads to a service of the project: its own, its container's, host names, aliases and links. In lower case. */
export function ownNames({ services, disabledServices }: ComposeProject): ReadonlySet<string> {
  const names = Object.entries({ ...services, ...disabledServices }).flatMap(([name, service]) => [
    name,
    service.container_name,
    service.hostname,
    ...Object.values(service.networks ?? {}).flatMap((network) => network?.aliases ?? []),
    ...(service.links ?? []).map((link) => link.split(':')[1]),
  ]);
  return new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [name.toLowerCase()])));
}
