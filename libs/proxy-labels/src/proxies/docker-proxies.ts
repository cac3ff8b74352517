import type { LabelledService } from '../labelled-service.ts';

/** A service that reads routes from Docker. */
export interface DockerProxy {
  readonly service: LabelledService;
  readonly kind: 'traefik' | 'caddy' | 'nginx-proxy' | 'companion';
  /** Its name for people. */
  readonly title: string;
}

const PROXIES: ReadonlyMap<string, readonly [kind: DockerProxy['kind'], title: string]> = new Map([
  ['traefik', ['traefik', 'Traefik']],
  ['caddy-docker-proxy', ['caddy', 'Caddy with caddy-docker-proxy']],
  ['nginx-proxy', ['nginx-proxy', 'nginx-proxy']],
]);

/** They do something for one of the above, and nothing without it. */
const COMPANIONS = new Set([
  'acme-companion',
  'letsencrypt-nginx-proxy-companion',
  'docker-letsencrypt-nginx-proxy-companion',
  'docker-gen',
  'docker-socket-proxy',
  'socket-proxy',
]);

/** Proxies over Docker and their companions. One that reads its routes from files is none. */
export function dockerProxies(services: readonly LabelledService[]): readonly DockerProxy[] {
  const proxies = services.flatMap(proxyOf);
  return proxies.length === 0 ? [] : [...proxies, ...services.flatMap(companionOf)];
}

function proxyOf(service: LabelledService): readonly DockerProxy[] {
  const known = PROXIES.get(imageName(service.image));
  if (known === undefined) return [];
  const [kind, title] = known;
  return kind !== 'traefik' || readsDocker(service) ? [{ service, kind, title }] : [];
}

function companionOf(service: LabelledService): readonly DockerProxy[] {
  const name = imageName(service.image);
  return COMPANIONS.has(name) ? [{ service, kind: 'companion', title: `a companion of the proxy (${name})` }] : [];
}

/** By its socket, or by a setting that leads to it from elsewhere. */
function readsDocker({ mounts, command, environment }: LabelledService): boolean {
  return (
    mounts.some((source) => /(?:docker|podman)\.sock$/.test(source)) ||
    command.some((word) => /^--?providers\.(?:docker|swarm)\b/i.test(word)) ||
    environment.some(({ key }) => /^TRAEFIK_PROVIDERS_(?:DOCKER|SWARM)(?:_|$)/.test(key))
  );
}

/** The last part of the repository: `traefik` of `docker.io/library/traefik:v3.3`. */
export function imageName(image: string | undefined): string {
  const [reference = ''] = (image ?? '').split('@');
  return reference.slice(reference.lastIndexOf('/') + 1).replace(/:.*$/, '');
}

export function imageTag(image: string | undefined): string {
  const [reference = ''] = (image ?? '').split('@');
  return /:([^:/]*)$/.exec(reference)?.[1] ?? '';
}
