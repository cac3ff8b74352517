import { readFileSync, statSync } from 'node:fs';
import { natsUsers, type BusUser, type NatsUser } from '@ushadow/contracts';
import { publicSealKey } from '@ushadow/secrets';
import { z } from 'zod';
import type { BusOptions, BusTls, InstallerOptions, ServiceKeys } from './bus-identity.ts';

const identityFile = z.strictObject({
  user: z.enum(natsUsers),
  nkey: z.string().regex(/^SU[A-Z2-7]{56}$/, 'is not the seed of a NATS user'),
  xkey: z.string().regex(/^SX[A-Z2-7]{56}$/, 'is not the seed of a curve key'),
});

const registryFile = z.record(z.enum(natsUsers), z.object({ nkey: z.string(), xkey: z.string() }));

const file = z
  .string()
  .optional()
  .transform((path) => (path === '' ? undefined : path))
  .refine(
    (path) => path === undefined || statSync(path, { throwIfNoEntry: false })?.isFile() === true,
    'is not a file',
  );

/** Settings of whoever connects to NATS, beside its URL. The seeds are read from a file alone: an environment is shown too often. */
export const busSettings = z.object({
  NATS_IDENTITY: z
    .string({ error: 'names no file; `npm run bus -- keys` makes one for each service' })
    .transform(jsonFile(identityFile))
    .describe('File with the secret keys of this service on the bus'),
  NATS_SERVICES: z
    .string({ error: 'names no file; `npm run bus -- keys` makes it' })
    .transform(jsonFile(registryFile))
    .describe('File with the public keys of every service'),
  NATS_CA: file.describe('File with the certificate authority of the NATS server, where that is not a public one'),
  NATS_CERT: file.describe('File with the client certificate, where the NATS server asks for one'),
  NATS_KEY: file.describe('File with its key'),
});

type Settings = z.output<typeof busSettings> & { readonly NATS_URL: string; readonly USHADOW_PROFILE: string };

/** How this service gets onto the bus. What does not fit is printed, as with any setting, and ends the process. */
export function busOptions(settings: Settings, user: BusUser): BusOptions {
  const { NATS_URL: url, NATS_IDENTITY: own, NATS_SERVICES: registry } = settings;
  const problems = [...identityProblems(settings, user), ...transportProblems(settings)];
  if (problems.length > 0) refuse(problems);
  return {
    url,
    identity: {
      user,
      nkeySeed: own.nkey,
      sealKeys: { publicKey: registry[user].xkey, seed: new TextEncoder().encode(own.xkey) },
      services: Object.fromEntries(Object.entries(registry).map(([name, { xkey }]) => [name, xkey])) as ServiceKeys,
    },
    ...tlsOf(settings),
  };
}

/** The same for what makes the streams. */
export function installerOptions(settings: Settings): InstallerOptions {
  const problems = [...identityProblems(settings, 'installer'), ...transportProblems(settings)];
  if (problems.length > 0) refuse(problems);
  return { url: settings.NATS_URL, user: 'installer', nkeySeed: settings.NATS_IDENTITY.nkey, ...tlsOf(settings) };
}

/** What of the keys does not fit together; none of the texts repeats a key. */
export function identityProblems({ NATS_IDENTITY: own, NATS_SERVICES: registry }: Settings, user: NatsUser): string[] {
  if (own.user !== user) return [`NATS_IDENTITY: is the identity of ${own.user}, and this is ${user}`];
  if (publicSealKey(own.xkey) !== registry[user].xkey)
    return [
      `NATS_SERVICES: has another key for ${user} than NATS_IDENTITY; make both anew with \`npm run bus -- keys\``,
    ];
  return [];
}

/** In production nothing crosses a network in clear: plaintext is for this machine alone. */
export function transportProblems(
  settings: Pick<Settings, 'NATS_URL' | 'USHADOW_PROFILE' | 'NATS_CERT' | 'NATS_KEY'>,
): string[] {
  const { NATS_URL, USHADOW_PROFILE, NATS_CERT, NATS_KEY } = settings;
  const urls = urlsOf(NATS_URL);
  if (urls === undefined) return ['NATS_URL: is not a URL such as tls://nats.example.com:4222'];
  const open = urls.filter(({ protocol, hostname }) => protocol !== 'tls:' && !isLoopback(hostname));
  const half = (NATS_CERT === undefined) !== (NATS_KEY === undefined);
  return [
    ...(open.length > 0 && USHADOW_PROFILE === 'production'
      ? [
          `NATS_URL: ${open.map(({ host }) => host).join(', ')}: in production the bus is reached by tls:// or on this machine`,
        ]
      : []),
    ...(new Set(urls.map(({ protocol }) => protocol)).size > 1
      ? ['NATS_URL: some servers by tls:// and others in clear']
      : []),
    ...(half ? ['NATS_CERT and NATS_KEY: one of them is missing'] : []),
  ];
}

export function urlsOf(text: string): readonly URL[] | undefined {
  const urls = text.split(',').map((one) => {
    const url = one.includes('://') ? one.trim() : `nats://${one.trim()}`;
    return URL.canParse(url) ? new URL(url) : undefined;
  });
  return urls.every((url) => url !== undefined && ['nats:', 'tls:'].includes(url.protocol))
    ? (urls as URL[])
    : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function tlsOf({ NATS_CA, NATS_CERT, NATS_KEY }: Settings): { tls?: BusTls } {
  if (NATS_CA === undefined && NATS_CERT === undefined) return {};
  return {
    tls: {
      ...(NATS_CA === undefined ? {} : { caFile: NATS_CA }),
      ...(NATS_CERT === undefined ? {} : { certFile: NATS_CERT }),
      ...(NATS_KEY === undefined ? {} : { keyFile: NATS_KEY }),
    },
  };
}

/** Reads and checks a file of JSON; what is in it is never repeated. */
function jsonFile<T>(schema: z.ZodType<T>) {
  return (path: string, context: z.RefinementCtx): T => {
    try {
      const result = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      if (result.success) return result.data;
      const fields = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
      context.addIssue({ code: 'custom', message: `${path}: ${fields.join('; ')}` });
    } catch (error) {
      const { code } = error as { code?: string };
      context.addIssue({ code: 'custom', message: `${path}: ${code ?? 'is no JSON'}` });
    }
    return z.NEVER;
  };
}

function refuse(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`config: ${problem}\n`);
  process.exit(1);
}
