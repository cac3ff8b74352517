import type { AppService } from '../model/app.ts';
import type { Plan } from '../model/plan.ts';

interface OtherName {
  readonly name: string;
  readonly path: string;
}

/** Names of a service beside its own, as they are written. */
export function namesOf(service: AppService, plan: Pick<Plan, 'services'>): readonly OtherName[] {
  const { membership, path, process } = service;
  const networks = membership.networks.flatMap((network) =>
    network.aliases.map((name) => ({ name, path: `${network.path}/aliases` })),
  );
  const links = plan.services.flatMap((other) =>
    other.service.membership.links.flatMap((link) =>
      link.service === service.name && link.alias !== undefined ? [{ name: link.alias, path: link.path }] : [],
    ),
  );
  return [
    ...networks,
    ...(membership.containerName === undefined
      ? []
      : [{ name: membership.containerName, path: `${path}/container_name` }]),
    ...(process.hostname === undefined ? [] : [{ name: process.hostname, path: `${path}/hostname` }]),
    ...links,
  ].filter(({ name }) => name !== service.name && name !== '');
}
