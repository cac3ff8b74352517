import type { InputOf, operations } from '@ushadow/contracts';
import type { ChannelContent, ChannelSecrets, Smtp } from './channel.ts';

type Input = Omit<InputOf<typeof operations.updateChannel>, 'channel_id' | 'paused'>;

/** A channel with what is secret of it. */
export interface WholeChannel {
  readonly content: ChannelContent;
  readonly secrets: ChannelSecrets;
}

export type ReadChannel =
  | (WholeChannel & {
      readonly kind: 'channel';
      /** Fields that are another than before. */ readonly changed: string[];
    })
  | { readonly kind: 'problem'; readonly message: string };

/** A channel as it is to be: what is given, and of what was there the rest. */
export function readChannel(
  kind: ChannelContent['kind'],
  input: Input,
  before: WholeChannel = { content: emptyContent(kind), secrets: {} },
): ReadChannel {
  const misplaced = misplacedIn(kind, input);
  if (misplaced !== undefined) return problem(misplaced);
  const secrets: ChannelSecrets = {
    ...before.secrets,
    ...(input.url === undefined ? {} : { url: input.url }),
    ...(input.signing_key === undefined ? {} : { signingKey: input.signing_key }),
  };
  const common = {
    name: input.name ?? before.content.name,
    kind,
    isSigned: secrets.signingKey !== undefined,
    allowPlaintext: input.allow_plaintext ?? before.content.allowPlaintext,
    rules: input.rules ?? before.content.rules,
  };
  const changed = Object.keys(input).filter((field) => input[field as keyof Input] !== undefined);
  if (kind === 'email') return withMail(common, input.smtp, before, changed);
  return withUrl(common, secrets, changed);
}

/** What is given that a channel of that kind has no use for. */
function misplacedIn(kind: ChannelContent['kind'], input: Input): string | undefined {
  const useless = {
    webhook: ['smtp'],
    slack: ['smtp', 'signing_key'],
    email: ['url', 'signing_key'],
  } as const;
  const field = useless[kind].find((name) => input[name] !== undefined);
  return field === undefined ? undefined : `${field} is nothing for a channel of the kind ${kind}.`;
}

function withUrl(
  common: Omit<ChannelContent, 'smtp' | 'target'>,
  secrets: ChannelSecrets,
  changed: string[],
): ReadChannel {
  const { kind } = common;
  if (secrets.url === undefined) return problem(`url is missing: a channel of the kind ${kind} needs one.`);
  if (kind === 'webhook' && secrets.signingKey === undefined)
    return problem('signing_key is missing: without it nobody can tell our calls from others.');
  if (!URL.canParse(secrets.url)) return problem('url is no URL.');
  return { kind: 'channel', content: { ...common, smtp: null, target: new URL(secrets.url).origin }, secrets, changed };
}

function withMail(
  common: Omit<ChannelContent, 'smtp' | 'target'>,
  given: Input['smtp'],
  before: WholeChannel,
  changed: string[],
): ReadChannel {
  const known = before.content.smtp;
  const { password, ...visible } = given ?? { ...known, password: undefined };
  if (visible.host === undefined) return problem('smtp is missing: a channel of the kind email needs a server.');
  const smtp = withoutUndefined(visible as Smtp);
  const kept = isSameAccount(smtp, known) ? before.secrets.password : undefined;
  const secret = password ?? kept;
  if (smtp.username !== undefined && secret === undefined)
    return problem('smtp.password is missing: it goes with a user name, and stays for the same server and user alone.');
  if (smtp.username === undefined && password !== undefined) return problem('smtp.username is missing.');
  const secrets = smtp.username === undefined || secret === undefined ? {} : { password: secret };
  const target = `${smtp.to.join(', ')} by ${smtp.host}`;
  return { kind: 'channel', content: { ...common, smtp, target }, secrets, changed };
}

/** A password is not sent to another server because somebody has changed its name. */
function isSameAccount(smtp: Smtp, known: Smtp | null): boolean {
  return known !== null && (['host', 'port', 'username'] as const).every((field) => smtp[field] === known[field]);
}

function withoutUndefined(smtp: Smtp): Smtp {
  return Object.fromEntries(Object.entries(smtp).filter(([, value]) => value !== undefined)) as Smtp;
}

function emptyContent(kind: ChannelContent['kind']): ChannelContent {
  return { name: '', kind, target: '', smtp: null, isSigned: false, allowPlaintext: false, rules: [] };
}

const problem = (message: string): ReadChannel => ({ kind: 'problem', message });
