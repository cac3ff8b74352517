/** An image in its parts. */
export interface ImageName {
  /** Everything before tag and digest, as written. */
  readonly name: string;
  /** The same in one spelling: Docker Hub has several. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const IMAGE = /^([^@\s]+?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;
const PATH = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const HUB_NAMES: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
const LENGTH_MAX = 500;

/** Undefined: it is no image. */
export function readImage(text: string): ImageName | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  const [, name = '', tag, digest] = IMAGE.exec(text) ?? [];
  const [first = '', ...rest] = name.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = isHost ? first.toLowerCase() : 'docker.io';
  const path = (isHost ? rest : [first, ...rest]).join('/');
  if (!PATH.test(path) || !/^[a-z0-9.:-]+$/.test(host)) return undefined;
  const isHub = HUB_NAMES.has(host);
  const full = isHub && !path.includes('/') ? `library/${path}` : path;
  return { name, repository: `${isHub ? 'docker.io' : host}/${full}`, tag, digest };
}

const VERSION = /^v?\d+(?:\.\d+){0,3}(-[A-Za-z][A-Za-z0-9.]*)?$/;

/**
 * How a tag that a registry tells of stands to the one that runs: in its place, as the same or a later version like it; an
 * earlier one, such as a release for those who stay behind; or nothing like it.
 */
export function successionOf(running: string | undefined, pushed: string): 'successor' | 'earlier' | 'other' {
  const current = running ?? 'latest';
  if (current === pushed) return 'successor';
  const [was, is] = [VERSION.exec(current), VERSION.exec(pushed)];
  if (was === null || is === null || was[1] !== is[1]) return 'other';
  const [before, now] = [numbersOf(current), numbersOf(pushed)];
  const index = now.findIndex((number, at) => number !== before[at]);
  return index < 0 || (now[index] ?? 0) > (before[index] ?? 0) ? 'successor' : 'earlier';
}

const PARTS = 4;

function numbersOf(version: string): number[] {
  const [numbers = ''] = version.replace(/^v/, '').split('-');
  const found = numbers.split('.').map(Number);
  return [...found, ...Array.from({ length: PARTS - found.length }, () => 0)];
}
