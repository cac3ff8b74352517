import type { Plan } from '../model/plan.ts';

/** The plan for some services only: they, whoever runs in their pods, and what they use. */
export function selectServices(plan: Plan, wanted: readonly string[] | undefined): Plan {
  if (wanted === undefined) return plan;
  const hosts = new Set(plan.services.filter(({ service }) => wanted.includes(service.name)).map(({ host }) => host));
  const services = plan.services.filter(({ host }) => hosts.has(host));
  const sources = services.flatMap(({ mounts }) => mounts.map(({ source }) => source));
  const stores = new Set(sources.flatMap((source) => (source.kind === 'store' ? [source.store] : [])));
  const sets = new Set(
    sources.flatMap((source) => (source.kind === 'files' ? source.parts.map(({ set }) => set) : [])),
  );
  const names = new Set(services.map(({ service }) => service.name));
  return {
    ...plan,
    services,
    stores: plan.stores.filter(({ key }) => stores.has(key)),
    fileSets: plan.fileSets.filter(({ name }) => sets.has(name)),
    aliases: plan.aliases.filter((alias) => alias.services.some((service) => names.has(service))),
  };
}
