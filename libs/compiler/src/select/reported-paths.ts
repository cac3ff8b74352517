import { pointerSegments } from '@ushadow/compose';
import type { App, AppService } from '../model/app.ts';

/** By parts of a project beside its services: the pieces of it that a service uses. */
const USES: ReadonlyMap<string, (service: AppService) => readonly string[]> = new Map([
  ['volumes', ({ mounts }) => mounts.filter(({ kind }) => isVolume(kind)).map(({ source }) => source)],
  ['networks', ({ membership }) => membership.networks.map(({ key }) => key)],
  ['configs', ({ grants }) => grants.filter(({ kind }) => kind === 'config').map(({ source }) => source)],
  ['secrets', ({ grants }) => grants.filter(({ kind }) => kind === 'secret').map(({ source }) => source)],
]);

/** Answers whether a finding about a path matters to one of the services. What belongs to nobody matters to all. */
export function reportedPaths(app: App, services: ReadonlySet<string>): (path: string) => boolean {
  const all = new Set(app.services.map(({ name }) => name));
  const [used, meant] = [new Set<string>(), new Set<string>()];
  for (const service of app.services) {
    for (const [section, usedBy] of USES) {
      for (const piece of usedBy(service)) {
        used.add(`${section}/${piece}`);
        if (services.has(service.name)) meant.add(`${section}/${piece}`);
      }
    }
  }
  return (path) => {
    const [section = '', name = ''] = pointerSegments(path);
    if (section === 'services') return services.has(name) || !all.has(name);
    return !used.has(`${section}/${name}`) || meant.has(`${section}/${name}`);
  };
}

function isVolume(kind: string): boolean {
  return kind === 'volume' || kind === 'cluster';
}
