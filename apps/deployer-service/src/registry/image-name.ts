/** An image as it is written, in its parts. */
export interface ImageName {
  /** Everything before tag and digest, as written. */
  readonly name: string;
  /** `host[:port]` that is asked. */
  readonly host: string;
  /** Path of the repository there. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Docker Hub is written in many ways, and asked at one place. */
const HUB = 'registry-1.docker.io';
const HUB_NAMES: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', HUB, 'registry.hub.docker.com']);
const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const HOST = /^[a-zA-Z0-9.-]+(?::\d{1,5})?$/;

/** Undefined: no registry could be asked for it. */
export function readImageName(image: string): ImageName | undefined {
  const [, name = '', tag, digest] =
    /^([^@]+?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  const [first = '', ...rest] = name.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = isHost ? first.toLowerCase() : HUB;
  const path = (isHost ? rest : [first, ...rest]).join('/');
  const isHub = HUB_NAMES.has(host);
  const repository = isHub && !path.includes('/') ? `library/${path}` : path;
  if (!HOST.test(host) || !REPOSITORY.test(repository)) return undefined;
  return { name, host: isHub ? HUB : host, repository, tag, digest };
}

export function imageText({ name }: Pick<ImageName, 'name'>, tag: string, digest: string): string {
  return `${name}:${tag}@${digest}`;
}
