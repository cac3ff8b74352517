import { groupBy } from '@ushadow/kubernetes';
import type { Design, GroupedDesign, GroupedService } from '../model/design.ts';

/** Every service by name, with those that run in its pod; a service that stays out of it runs with nobody. */
export function podMates(design: GroupedDesign): ReadonlyMap<string, readonly string[]> {
  const pods = new Map<string, string[]>();
  for (const designed of design.services) {
    if (!isInPod(designed)) continue;
    const known = pods.get(designed.host) ?? [];
    known.push(designed.service.name);
    pods.set(designed.host, known);
  }
  return new Map(
    design.services.map((designed) => {
      const { name } = designed.service;
      return [name, isInPod(designed) ? (pods.get(designed.host) ?? [name]) : [name]];
    }),
  );
}

/** A service that is switched off does not enter the pod of another one; its own pod it always has. */
export function isInPod({ service, host, on }: GroupedService): boolean {
  return on || host === service.name;
}

/** Answers what runs in the pod of a service, the host first; of one that runs in another's pod, itself. */
export function podMembers<S extends GroupedService>({
  services,
}: {
  readonly services: readonly S[];
}): (designed: S) => readonly S[] {
  const joined = services.filter((designed) => designed.host !== designed.service.name && isInPod(designed));
  const byHost = groupBy(joined, ({ host }) => host);
  return (designed) => {
    const { name } = designed.service;
    return designed.host === name ? [designed, ...(byHost.get(name) ?? [])] : [designed];
  };
}

/** The services, and whoever runs in their pods. */
export function withPodMates(design: GroupedDesign, services: ReadonlySet<string>): ReadonlySet<string> {
  const mates = podMates(design);
  return new Set([...services].flatMap((name) => mates.get(name) ?? [name]));
}

/** The design for some services only: they, and what they use. */
export function selectServices(design: Design, wanted: ReadonlySet<string>): Design {
  const services = design.services.filter(({ service }) => wanted.has(service.name));
  const sources = services.flatMap(({ mounts }) => mounts.map(({ source }) => source));
  const stores = new Set(sources.flatMap((source) => (source.kind === 'store' ? [source.store] : [])));
  const sets = new Set(
    sources.flatMap((source) => (source.kind === 'files' ? source.parts.map(({ set }) => set) : [])),
  );
  return {
    ...design,
    services,
    stores: design.stores.filter(({ key }) => stores.has(key)),
    fileSets: design.fileSets.filter(({ key }) => sets.has(key)),
    aliases: design.aliases.filter((alias) => alias.services.some((service) => wanted.has(service))),
  };
}
