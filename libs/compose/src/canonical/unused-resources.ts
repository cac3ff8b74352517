import type { ComposeProject } from '../model.ts';

/**
 * The project without networks, volumes, configs, secrets and models that no switched-on service uses, as
 * `docker compose config` shows it.
 */
export function withoutUnusedResources(project: ComposeProject): ComposeProject {
  const services = Object.values(project.services);
  const builds = services.flatMap(({ build }) => build?.secrets ?? []);
  const names = {
    networks: services.flatMap(({ networks }) => Object.keys(networks ?? {})),
    volumes: services.flatMap(({ volumes }) => volumes?.flatMap(({ source }) => source ?? []) ?? []),
    configs: services.flatMap(({ configs }) => configs?.map(({ source }) => source) ?? []),
    secrets: [...services.flatMap(({ secrets }) => secrets ?? []), ...builds].map(({ source }) => source),
    models: services.flatMap(({ models }) => Object.keys(models ?? {})),
  };
  return {
    ...project,
    networks: pick(project.networks, names.networks),
    volumes: pick(project.volumes, names.volumes),
    configs: pick(project.configs, names.configs),
    secrets: pick(project.secrets, names.secrets),
    models: pick(project.models, names.models),
  };
}

function pick<T>(resources: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  const used = new Set(names);
  return Object.fromEntries(Object.entries(resources).filter(([name]) => used.has(name)));
}
