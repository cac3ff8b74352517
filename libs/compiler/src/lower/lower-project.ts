import type { ComposeConfig, ComposeProject, ComposeSecret } from '@ushadow/compose';
import { jsonPointer } from '@ushadow/compose';
import type { App, Network } from '../model/app.ts';
import type { FileSource, Volume } from '../model/storage.ts';
import { flagOf } from '../settings/from-extension.ts';
import { lowerService } from './lower-service.ts';

/** Project to application: what Compose says, in terms that name no platform. */
export function lowerProject(project: ComposeProject): App {
  const all = project.services;
  // What a plug-in of Docker Compose provides is nothing to run.
  const names = Object.keys(all)
    .filter((name) => all[name]?.provider === undefined)
    .sort();
  return {
    name: project.name,
    services: names.flatMap((name) => (all[name] === undefined ? [] : [lowerService(name, all[name], project)])),
    volumes: lowerVolumes(project),
    networks: lowerNetworks(project),
    configs: lowerFiles('configs', project.configs),
    secrets: lowerFiles('secrets', project.secrets),
  };
}

function lowerVolumes(project: ComposeProject): Readonly<Record<string, Volume>> {
  return mapValues(project.volumes, (volume, key) => ({
    name: volume.name ?? key,
    external: volume.external === true,
    perReplica: flagOf(volume['x-ushadow'], 'per_replica') === true,
    copyUp: flagOf(volume['x-ushadow'], 'copy_up'),
    driver: volume.driver,
    options: volume.driver_opts ?? {},
    labels: volume.labels ?? {},
    path: jsonPointer(['volumes', key]),
  }));
}

function lowerNetworks(project: ComposeProject): Readonly<Record<string, Network>> {
  return mapValues(project.networks, (network, key) => ({
    name: network.name ?? key,
    internal: network.internal === true,
    external: network.external === true,
    dualStack: network.enable_ipv6 === true,
    path: jsonPointer(['networks', key]),
  }));
}

function lowerFiles(
  section: 'configs' | 'secrets',
  sources: Readonly<Record<string, ComposeConfig | ComposeSecret>>,
): Readonly<Record<string, FileSource>> {
  return mapValues(sources, (source, key) => ({
    name: source.name ?? key,
    external: source.external === true,
    content: contentOf(source),
    file: source.file,
    environment: source.environment,
    labels: source.labels ?? {},
    path: jsonPointer([section, key]),
  }));
}

/** One that says nothing of where it comes from is empty. */
function contentOf(source: ComposeConfig | ComposeSecret): string | undefined {
  if ('content' in source) return source.content;
  const { external, file, environment } = source;
  return external === true || file !== undefined || environment !== undefined ? undefined : '';
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, map: (value: V, key: string) => R): Record<string, R> {
  const keys = Object.keys(record).sort();
  return Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, map(record[key], key)]])));
}
