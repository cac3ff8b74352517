import { z } from 'zod';

/** What somebody says is there. */
export interface Pushed {
  /** `host/path`, without tag and digest. */
  readonly image: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export type Push =
  /** By who knows what they want: CI. */
  | {
      readonly kind: 'wanted';
      readonly service: string | undefined;
      readonly image: string | undefined;
      readonly tag: string | undefined;
      readonly digest: string | undefined;
    }
  /** By a registry, which tells of everything. */
  | { readonly kind: 'pushed'; readonly images: readonly Pushed[] }
  | { readonly kind: 'ignored'; readonly reason: string };

const text = z.string().min(1).max(500);
const tag = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'a tag has letters, digits and "_.-"');
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'a digest is sha256: and 64 hex digits');
const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const wanted = z
  .strictObject({
    service: text.optional(),
    image: text.optional(),
    tag: tag.optional(),
    digest: digest.optional(),
    nonce: text.optional(),
  })
  .refine((each) => each.image !== undefined || each.tag !== undefined || each.digest !== undefined, {
    message: 'one of image, tag and digest is needed',
  })
  .refine((each) => each.service !== undefined || each.image !== undefined, { message: 'service is missing' })
  .refine((each) => each.image === undefined || (each.tag === undefined && each.digest === undefined), {
    message: 'image goes without tag and digest',
  });

const dockerHub = z.object({ push_data: z.object({ tag }), repository: z.object({ repo_name: text }) });

const githubPackage = z.object({
  action: z.string(),
  version: z.object({
    package_url: text,
    container_metadata: loose(z.object({ tag: z.object({ name: loose(tag), digest: loose(digest) }) })),
  }),
});

const harbor = z.object({
  type: z.string(),
  event_data: z.object({
    resources: z.array(z.object({ resource_url: text, tag: loose(tag), digest: loose(digest) })),
  }),
});

const distribution = z.object({
  events: z
    .array(
      z.object({
        action: z.string(),
        target: z.object({ repository: loose(text), tag: loose(tag), digest: loose(digest) }),
        request: loose(z.object({ host: text })),
      }),
    )
    .max(1_000),
});

/** What a body tells. Throws nothing; a body that means to be a call of CI and is none says why. */
export function readPush(body: unknown): Push | { readonly kind: 'invalid'; readonly message: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { kind: 'invalid', message: 'the body is no JSON object' };
  return fromHub(body) ?? fromGithub(body) ?? fromHarbor(body) ?? fromDistribution(body) ?? fromCi(body);
}

function fromHub(body: object): Push | undefined {
  if (!('push_data' in body)) return undefined;
  const read = dockerHub.safeParse(body);
  if (!read.success) return ignored('it is no push of Docker Hub that names a tag');
  const { push_data: push, repository } = read.data;
  return { kind: 'pushed', images: [{ image: `docker.io/${repository.repo_name}`, tag: push.tag, digest: undefined }] };
}

function fromGithub(body: object): Push | undefined {
  if ('zen' in body) return ignored('it is a ping');
  const kind = (['registry_package', 'package'] as const).find((name) => name in body);
  if (kind === undefined) return undefined;
  const told = (body as Record<string, Record<string, unknown> | undefined>)[kind];
  const read = githubPackage.safeParse({ ...body, version: told?.['package_version'] });
  if (!read.success) return ignored('the package is no container image with a tag');
  const { action, version } = read.data;
  if (action !== 'published' && action !== 'updated') return ignored(`a package was ${action}`);
  const [, image = '', inUrl] = /^(.+?)(?::([^:/]+))?$/.exec(version.package_url.replace(/^https?:\/\//, '')) ?? [];
  const named = version.container_metadata?.tag;
  const name = named?.name ?? inUrl;
  if (name === undefined || name === '') return ignored('the package has no tag');
  return { kind: 'pushed', images: [{ image, tag: name, digest: named?.digest }] };
}

function fromHarbor(body: object): Push | undefined {
  if (!('event_data' in body)) return undefined;
  const read = harbor.safeParse(body);
  if (!read.success || read.data.type !== 'PUSH_ARTIFACT') return ignored('it is no PUSH_ARTIFACT of Harbor');
  const images = read.data.event_data.resources.map(({ resource_url: url, tag: name, digest: of }) => ({
    image: url.replace(/@sha256:[0-9a-f]+$/, '').replace(/:[^:/]+$/, ''),
    ...{ tag: name, digest: of },
  }));
  return { kind: 'pushed', images };
}

function fromDistribution(body: object): Push | undefined {
  if (!('events' in body)) return undefined;
  const read = distribution.safeParse(body);
  if (!read.success) return ignored('it is no notification of a registry');
  const images = read.data.events.flatMap(({ action, target, request }) =>
    action !== 'push' || target.tag === undefined || target.repository === undefined || request === undefined
      ? []
      : [{ image: `${request.host}/${target.repository}`, tag: target.tag, digest: target.digest }],
  );
  return images.length === 0 ? ignored('nothing with a tag was pushed') : { kind: 'pushed', images };
}

function fromCi(body: object): Push | { readonly kind: 'invalid'; readonly message: string } {
  if (!['service', 'image', 'tag', 'digest'].some((field) => field in body))
    return ignored('it is nothing that names an image');
  const read = wanted.safeParse(body);
  if (read.success) {
    const { service, image, tag: name, digest: of } = read.data;
    return { kind: 'wanted', service, image, tag: name, digest: of };
  }
  const [issue] = read.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return { kind: 'invalid', message: `${path === '' ? '' : `${path}: `}${issue?.message ?? 'it does not fit'}` };
}

const ignored = (reason: string): Push => ({ kind: 'ignored', reason });
