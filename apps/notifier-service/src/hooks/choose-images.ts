import { readImage, successionOf, type ImageName } from './image-name.ts';
import type { Push, Pushed } from './read-push.ts';

/** A service of the stack, and what it runs. */
export interface Running {
  readonly service: string;
  readonly image: string | null;
}

export interface Allowed {
  /** Those that the hook may update; all where there is none. */
  readonly services: readonly string[];
  readonly anyRepository: boolean;
}

/** An image whose digest is not known: the registry is asked what its tag means. */
export interface Chosen {
  readonly images: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export type Choice =
  | ({ readonly kind: 'chosen' } & Chosen)
  | { readonly kind: 'nothing'; readonly message: string }
  | {
      readonly kind: 'refused';
      readonly code: 'HOOK_BODY_INVALID' | 'HOOK_SERVICE_UNKNOWN' | 'HOOK_REPOSITORY_REFUSED';
      readonly message: string;
    };

type Wanted = Extract<Push, { kind: 'wanted' }>;

interface Known {
  readonly service: string;
  readonly image: ImageName;
  readonly text: string;
}

/** Which services get which image of what somebody says is there. */
export function chooseImages(
  push: Exclude<Push, { kind: 'ignored' }>,
  running: readonly Running[],
  allowed: Allowed,
): Choice {
  const known = running
    .filter(({ service }) => allowed.services.length === 0 || allowed.services.includes(service))
    .flatMap(({ service, image: text }): Known[] => {
      const image = text === null ? undefined : readImage(text);
      return image === undefined || text === null ? [] : [{ service, image, text }];
    });
  return push.kind === 'wanted' ? forCi(push, known, allowed) : forRegistry(push.images, known);
}

function forCi({ service, image, tag, digest }: Wanted, known: readonly Known[], { anyRepository }: Allowed): Choice {
  const given = image === undefined ? undefined : readImage(image);
  if (image !== undefined && given === undefined)
    return refused('HOOK_BODY_INVALID', 'image: no image can be called that.');
  const named = known.filter((each) =>
    service === undefined ? each.image.repository === given?.repository : each.service === service,
  );
  if (named.length === 0) {
    const names = known.map((each) => each.service).join(', ');
    const which =
      service === undefined
        ? `No service runs an image of ${given?.repository ?? ''}`
        : `There is no service ${service}`;
    return refused(
      'HOOK_SERVICE_UNKNOWN',
      `${which} that this hook may update; it may: ${names === '' ? 'none' : names}.`,
    );
  }
  const other = named.find((each) => given !== undefined && given.repository !== each.image.repository);
  if (other !== undefined && !anyRepository) {
    const message = `${other.service} runs an image of ${other.image.repository}; this hook takes no image of another repository.`;
    return refused('HOOK_REPOSITORY_REFUSED', message);
  }
  if (image !== undefined) return changed(named, () => image);
  if (digest !== undefined) return changed(named, (each) => withDigest(each.image, tag ?? each.image.tag, digest));
  return { kind: 'chosen', images: {}, tags: Object.fromEntries(named.map((each) => [each.service, tag ?? ''])) };
}

/** A registry tells of every tag: only one like that which runs takes its place. */
function forRegistry(pushed: readonly Pushed[], known: readonly Known[]): Choice {
  const newest = new Map<string, { readonly tag: string; readonly image: string | undefined }>();
  const reasons: string[] = [];
  for (const { image: name, tag, digest } of pushed) {
    const repository = readImage(name)?.repository;
    if (tag === undefined) {
      reasons.push(`${name} has no tag`);
      continue;
    }
    const named = known.filter(({ image }) => image.repository === repository);
    if (named.length === 0) reasons.push(`no service that this hook may update runs an image of ${name}`);
    for (const { service, image } of named) {
      const succession = successionOf(newest.get(service)?.tag ?? image.tag, tag);
      if (succession === 'successor')
        newest.set(service, { tag, image: digest === undefined ? undefined : withDigest(image, tag, digest) });
      else {
        const what = succession === 'earlier' ? 'earlier than' : 'no version of';
        reasons.push(`${service} runs the tag ${image.tag ?? 'latest'}, which ${tag} is ${what}`);
      }
    }
  }
  const [first] = reasons;
  if (newest.size === 0)
    return { kind: 'nothing', message: `Nothing is to be done: ${first ?? 'nothing was pushed'}.` };
  const runs = new Map(known.map(({ service, text }) => [service, text]));
  const chosen = [...newest];
  return {
    kind: 'chosen',
    images: Object.fromEntries(
      chosen.flatMap(([service, { image }]) =>
        image === undefined || image === runs.get(service) ? [] : [[service, image]],
      ),
    ),
    tags: Object.fromEntries(
      chosen.flatMap(([service, { tag, image }]) => (image === undefined ? [[service, tag]] : [])),
    ),
  };
}

function changed(named: readonly Known[], imageOf: (each: Known) => string): Choice {
  const images = named.map((each) => [each.service, imageOf(each)] as const);
  const fresh = images.filter(([service, image]) => named.find((each) => each.service === service)?.text !== image);
  const [[service = '', image = ''] = []] = images;
  if (fresh.length === 0)
    return { kind: 'nothing', message: `Nothing is to be done: ${service} runs ${image} already.` };
  return { kind: 'chosen', images: Object.fromEntries(fresh), tags: {} };
}

function withDigest({ name }: ImageName, tag: string | undefined, digest: string): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}@${digest}`;
}

function refused(code: Extract<Choice, { kind: 'refused' }>['code'], message: string): Choice {
  return { kind: 'refused', code, message };
}
