const DOCKER_HUB = 'docker.io';
/** Names under which Docker Hub is written in images, logins and documentation. */
const DOCKER_HUB_NAMES: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
]);
/** Under which kubelets look for Docker Hub's credentials. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)(:[0-9]{1,5})?$/;
const PATH_PART = /^[a-z0-9]+([._-]+[a-z0-9]+)*$/;

/**
 * A registry in one spelling, `host[:port][/path]`: without scheme, API version and trailing slashes, Docker Hub always
 * `docker.io`. Undefined when no image reference could name it.
 */
export function normalRegistry(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .replace(/\/v[12]$/, '');
  const [first = '', ...path] = bare.split('/');
  const host = first.toLowerCase();
  if (!HOST.test(host) || !isHost(host) || !path.every((part) => PATH_PART.test(part))) return undefined;
  return [DOCKER_HUB_NAMES.has(host) ? DOCKER_HUB : host, ...path].join('/');
}

/** Whether an image is pulled from this registry, or from below its path. */
export function registryServes(registry: string, image: string): boolean {
  const repository = repositoryOf(image);
  return repository === registry || repository.startsWith(`${registry}/`);
}

/** The `data['.dockerconfigjson']` text of a Secret that signs in to one registry. */
export function dockerConfigJson(registry: string, username: string, password: string): string {
  const key = registry === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
  return JSON.stringify({ auths: { [key]: { username, password } } });
}

/** `registry/path` of an image, without tag and digest: `nginx` is `docker.io/library/nginx`. */
function repositoryOf(image: string): string {
  const [name = ''] = image.split('@');
  const bare = name.replace(/:[^/]*$/, '');
  const [first = '', ...rest] = bare.split('/');
  const named = rest.length > 0 && isHost(first.toLowerCase());
  const host = named ? first.toLowerCase() : DOCKER_HUB;
  const path = named ? rest : [first, ...rest];
  if (!DOCKER_HUB_NAMES.has(host)) return [host, ...path].join('/');
  return [DOCKER_HUB, ...(path.length === 1 ? ['library'] : []), ...path].join('/');
}

/** The first part of an image reference is a host when it has a dot or a port, or is `localhost`. */
function isHost(first: string): boolean {
  return /[.:]/.test(first) || first === 'localhost';
}
