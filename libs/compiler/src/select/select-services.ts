import type { Plan, PlannedService } from '../model/design.ts';

/** Every service by name, with those that run in its pod; a service that stays out of it runs with nobody. */
export function podMates(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const pods = new Map<string, string[]>();
  for (const planned of plan.services) {
    if (!isInPod(planned)) continue;
    const known = pods.get(planned.host) ?? [];
    known.push(planned.service.name);
    pods.set(planned.host, known);
  }
  return new Map(
    plan.services.map((planned) => {
      const { name } = planned.service;
      return [name, isInPod(planned) ? (pods.get(planned.host) ?? [name]) : [name]];
    }),
  );
}

/** A service that is switched off does not enter the pod of another one; its own pod it always has. */
export function isInPod({ service, host, on }: PlannedService): boolean {
  return on || host === service.name;
}

/** Answers what runs in the pod of a service, the host first; of one that runs in another's pod, itself. */
export function podMembers({ services }: Plan): (planned: PlannedService) => readonly PlannedService[] {
  const joined = services.filter((planned) => planned.host !== planned.service.name && isInPod(planned));
  const byHost = Map.groupBy(joined, ({ host }) => host);
  return (planned) => {
    const { name } = planned.service;
    return planned.host === name ? [planned, ...(byHost.get(name) ?? [])] : [planned];
  };
}

/** The services, and whoever runs in their pods. */
export function withPodMates(plan: Plan, services: ReadonlySet<string>): ReadonlySet<string> {
  const mates = podMates(plan);
  return new Set([...services].flatMap((name) => mates.get(name) ?? [name]));
}

/** The plan for some services only: they, and what they use. */
export function selectServices(plan: Plan, wanted: ReadonlySet<string>): Plan {
  const services = plan.services.filter(({ service }) => wanted.has(service.name));
  const sources = services.flatMap(({ mounts }) => mounts.map(({ source }) => source));
  const stores = new Set(sources.flatMap((source) => (source.kind === 'store' ? [source.store] : [])));
  const sets = new Set(
    sources.flatMap((source) => (source.kind === 'files' ? source.parts.map(({ set }) => set) : [])),
  );
  return {
    ...plan,
    services,
    stores: plan.stores.filter(({ key }) => stores.has(key)),
    fileSets: plan.fileSets.filter(({ key }) => sets.has(key)),
    aliases: plan.aliases.filter((alias) => alias.services.some((service) => wanted.has(service))),
  };
}
