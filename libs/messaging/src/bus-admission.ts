import { natsPermissions, type NatsUser } from '@ushadow/contracts';
import { z } from 'zod';

/** Below these, of each line, NATS has published advisories: rights that do not hold, servers that can be stopped from outside. */
const SAFE: readonly (readonly [number, number, number])[] = [
  [2, 11, 15],
  [2, 12, 6],
];

/** Why a server of this version is not used; undefined for a good one. */
export function versionProblem(version: string): string | undefined {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const line = SAFE.find(([ofMajor, ofMinor]) => ofMajor === major && ofMinor === minor);
  const isSafe = line === undefined ? major > 2 || (major === 2 && minor > 12) : patch >= line[2];
  return isSafe
    ? undefined
    : `NATS ${version} has known security advisories: run 2.12.6 or newer, or 2.11.15 or newer of that line.`;
}

const subjects = z.object({ allow: z.array(z.string()).nullish() });
const userInfo = z.object({
  data: z.object({
    user: z.string().optional(),
    permissions: z.object({ publish: subjects.nullish(), subscribe: subjects.nullish() }).nullish(),
  }),
});

const RENDER = 'Give it the configuration of this version (`npm run bus -- config`) and reload it.';

/** Why the rights that a server gives are not those of the contracts; `answer` is what it says of the user. */
export function rightsProblem(user: NatsUser, answer: unknown): string | undefined {
  const parsed = userInfo.safeParse(answer);
  const { permissions } = parsed.data?.data ?? {};
  if (permissions === undefined || permissions === null)
    return `The NATS server lets ${user} do anything, and so does it everybody. ${RENDER}`;
  const wanted = natsPermissions(user);
  const missing = [
    ...notGranted(wanted.publish, permissions.publish?.allow ?? []),
    ...notGranted(wanted.subscribe, permissions.subscribe?.allow ?? []),
  ];
  if (missing.length === 0) return undefined;
  const [first = '', ...more] = missing;
  const others = more.length === 0 ? '' : ` and ${String(more.length)} more`;
  return `The rights of ${user} on the NATS server are older than this version: ${first}${others} is not among them. ${RENDER}`;
}

/** Why it is not known what a server grants; `error` is what became of the question. */
export function unansweredProblem(user: NatsUser, error: unknown): string {
  const { name, message } = (error ?? {}) as Partial<Error>;
  if (name === 'PermissionViolationError')
    return `The NATS server refuses ${user} the question what it may do, so that its rights are not of this version. ${RENDER}`;
  const reason = name === 'TimeoutError' ? 'it gave no answer in time' : (message ?? 'the answer could not be read');
  return `The NATS server did not say what ${user} may do (${reason}); it is asked again until it does.`;
}

function notGranted(wanted: readonly string[], granted: readonly string[]): readonly string[] {
  const has = new Set(granted);
  return wanted.filter((subject) => !has.has(subject));
}

/** Why a connection did not come about, for people; undefined where nothing but waiting helps. */
export function connectProblem(user: NatsUser, error: unknown): string | undefined {
  const { name = '', message = '' } = (error ?? {}) as Partial<Error>;
  if (/authentication timeout/i.test(message))
    return `The NATS server heard no key of ${user} in the time it gives: the way there is slow. It is tried again.`;
  if (name === 'AuthorizationError' || /authorization violation/i.test(message))
    return `The NATS server does not know the key of ${user}. ${RENDER}`;
  if (/does not support 'tls'/.test(message))
    return 'The NATS server offers no TLS, which NATS_URL asks for by tls://: nothing is sent in clear.';
  if (name === 'TimeoutError')
    return `The NATS server was reached and did not let ${user} in: where it asks for a client certificate, NATS_CERT and NATS_KEY name one.`;
  if (/certificate|self.signed|unable to verify|altnames/i.test(message))
    return `The NATS server and this service do not trust each other’s certificate (${message}): see NATS_CA, NATS_CERT and NATS_KEY.`;
  return undefined;
}
