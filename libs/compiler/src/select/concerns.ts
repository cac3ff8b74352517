import { pointerSegments } from '@ushadow/compose';
import type { App, AppService } from '../model/app.ts';

type Uses = (service: AppService, key: string) => boolean;

/** Parts of a project beside its services, and who uses a piece of one. */
const USES: ReadonlyMap<string, Uses> = new Map<string, Uses>([
  ['volumes', ({ mounts }, key) => mounts.some(({ kind, source }) => isVolume(kind) && source === key)],
  ['networks', ({ membership }, key) => membership.networks.some((network) => network.key === key)],
  ['configs', ({ grants }, key) => grants.some(({ kind, source }) => kind === 'config' && source === key)],
  ['secrets', ({ grants }, key) => grants.some(({ kind, source }) => kind === 'secret' && source === key)],
]);

/** Whether a finding about this path matters to one of the services. What belongs to nobody matters to all. */
export function concerns(path: string, app: App, services: ReadonlySet<string>): boolean {
  const [section = '', name = ''] = pointerSegments(path);
  if (section === 'services') return services.has(name) || !app.services.some((service) => service.name === name);
  const uses = USES.get(section);
  const users = uses === undefined ? [] : app.services.filter((service) => uses(service, name));
  return users.length === 0 || users.some((service) => services.has(service.name));
}

function isVolume(kind: string): boolean {
  return kind === 'volume' || kind === 'cluster';
}
