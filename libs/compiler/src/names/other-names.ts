import type { AppService } from '../model/app.ts';
import type { DraftedDesign } from '../model/design.ts';

interface OtherName {
  readonly name: string;
  readonly path: string;
}

const linked = new WeakMap<DraftedDesign['services'], ReadonlyMap<string, readonly OtherName[]>>();

/** By service: what others call it in their links. */
function linkedNames(services: DraftedDesign['services']): ReadonlyMap<string, readonly OtherName[]> {
  const known = linked.get(services);
  if (known !== undefined) return known;
  const names = new Map<string, OtherName[]>();
  for (const { alias, service, path } of services.flatMap((other) => other.service.membership.links)) {
    if (alias === undefined) continue;
    const others = names.get(service) ?? [];
    others.push({ name: alias, path });
    names.set(service, others);
  }
  linked.set(services, names);
  return names;
}

/** Names of a service beside its own, as they are written. */
export function namesOf(service: AppService, design: DraftedDesign): readonly OtherName[] {
  const { membership, path, process } = service;
  const networks = membership.networks.flatMap((network) =>
    network.aliases.map((name) => ({ name, path: `${network.path}/aliases` })),
  );
  const links = linkedNames(design.services).get(service.name) ?? [];
  return [
    ...networks,
    ...(membership.containerName === undefined
      ? []
      : [{ name: membership.containerName, path: `${path}/container_name` }]),
    ...(process.hostname === undefined ? [] : [{ name: process.hostname, path: `${path}/hostname` }]),
    ...links,
  ].filter(({ name }) => name !== service.name && name !== '');
}
