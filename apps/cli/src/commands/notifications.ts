import { notificationKinds, type ChannelData, type DeliveryData, type NotificationKind } from '@ushadow/contracts';
import { randomBytes } from 'node:crypto';
import { Refusal, UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, parseCommandLine, required, wholeNumber } from '../gateway/command-line.ts';
import { findCluster } from '../gateway/find-cluster.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow notifications [ls] [OPTIONS]
       ushadow notifications add NAME --kind webhook|slack|email [OPTIONS]
       ushadow notifications test|pause|resume|rm NAME [OPTIONS]
       ushadow notifications log [NAME] [--limit N] [OPTIONS]
       ushadow notifications resend DELIVERY [OPTIONS]

Shows the channels that notifications go to, adds, tries, pauses and removes them, and shows what was sent. Secrets are only
written: the address of a webhook is taken from USHADOW_NOTIFY_URL or asked for, a password from USHADOW_SMTP_PASSWORD. A
webhook is signed with USHADOW_SIGNING_KEY, else with a key that is made here and shown this once.

      --kind KIND            webhook: JSON, signed; slack: Slack, Mattermost, Discord with /slack; email: over SMTP
      --on EVENT             what is told, comma-separated or repeated; default: failures, drift, clusters, credentials;
                             all of: ${notificationKinds.slice(0, 4).join(', ')},
                             ${notificationKinds.slice(4).join(', ')}
  -c, --cluster NAME|ID      only what is about this cluster
      --stack ID             only what is about this stack
      --smtp HOST[:PORT]     mail server; port 587 by default
      --tls                  TLS from the first byte, as on port 465
      --user NAME            of the mail server
      --from ADDRESS         who mail is from
      --to ADDRESS           who it goes to; repeat
      --allow-plaintext      yes to a receiver without TLS
      --limit N              how many deliveries of the log; default: 20
${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  kind: { type: 'string' },
  on: { type: 'string', multiple: true },
  cluster: { type: 'string', short: 'c' },
  stack: { type: 'string' },
  smtp: { type: 'string' },
  tls: { type: 'boolean' },
  user: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string', multiple: true },
  'allow-plaintext': { type: 'boolean' },
  limit: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = [['ls', 'add', 'test', 'pause', 'resume', 'rm', 'log', 'resend'], []];

type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

const USUAL = notificationKinds.filter((kind) => kind !== 'deployment.succeeded');

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const [what = 'ls', name] = positionals;
  const action = actions[what];
  if (action === undefined)
    throw new UsageError(`notifications takes ${Object.keys(actions).join(', ')}, not ${what}.`);
  return withGateway(values.api, context, (gateway) => action(gateway, name, values, context));
}

type Action = (
  gateway: Gateway,
  name: string | undefined,
  values: Values,
  context: CommandContext,
) => Promise<ExitCode>;

const actions: Readonly<Record<string, Action>> = {
  ls: async ({ client }, _name, { json }, { print }) => {
    const { channels } = await client.listChannels({});
    const head = ['CHANNEL', 'KIND', 'TO', 'STATE', 'WAITING', 'EVENTS'];
    print(json === true ? `${JSON.stringify(channels)}\n` : table(head, channels.map(rowOf)));
    for (const { name, reason } of channels)
      if (reason !== null && json !== true) print(`${visibleText(`${name}: ${reason}`)}\n`);
    return 0;
  },
  add,
  test: async (gateway, name, { json }, { print }) => {
    const { channel_id } = await find(gateway, name);
    const attempt = await gateway.client.testChannel({ channel_id });
    print(json === true ? `${JSON.stringify(attempt)}\n` : `${visibleText(attemptText(attempt))}\n`);
    return attempt.ok ? 0 : 1;
  },
  pause: (gateway, name, values, context) => setPaused(gateway, name, true, values, context),
  resume: (gateway, name, values, context) => setPaused(gateway, name, false, values, context),
  rm: async (gateway, name, { json }, { print }) => {
    const { channel_id } = await find(gateway, name);
    const answer = await gateway.client.deleteChannel({ channel_id });
    print(json === true ? `${JSON.stringify(answer)}\n` : `${visibleText(answer.message)}\n`);
    return 0;
  },
  log: async (gateway, name, { json, limit }, { print }) => {
    const { deliveries } = await gateway.client.listDeliveries({
      limit: wholeNumber('limit', limit) ?? 20,
      ...(name === undefined ? {} : { channel_id: (await find(gateway, name)).channel_id }),
    });
    const head = ['DELIVERY', 'WHEN', 'STATE', 'ATTEMPTS', 'WHAT', 'LAST'];
    print(json === true ? `${JSON.stringify(deliveries)}\n` : table(head, deliveries.map(deliveryRow)));
    return 0;
  },
  resend: async ({ client }, id, { json }, { print }) => {
    const delivery = await client.resendDelivery({ delivery_id: required('DELIVERY', id) });
    print(json === true ? `${JSON.stringify(delivery)}\n` : `It is sent again, under the same id.\n`);
    return 0;
  },
};

async function add(
  gateway: Gateway,
  name: string | undefined,
  values: Values,
  context: CommandContext,
): Promise<ExitCode> {
  const { kind } = values;
  if (kind !== 'webhook' && kind !== 'slack' && kind !== 'email')
    throw new UsageError('--kind is webhook, slack or email.');
  const cluster = values.cluster === undefined ? undefined : await findCluster(gateway, values.cluster, context);
  const place = {
    ...(cluster === undefined ? {} : { cluster_id: cluster.cluster_id }),
    ...(values.stack === undefined ? {} : { stack_id: values.stack }),
  };
  const given = context.environment['USHADOW_SIGNING_KEY'];
  const key = given ?? `whsec_${randomBytes(32).toString('base64')}`;
  const channel = await gateway.client.createChannel({
    ...{ name: required('NAME', name), kind, rules: [{ events: eventsOf(values.on), ...place }] },
    ...(values['allow-plaintext'] === true ? { allow_plaintext: true } : {}),
    ...(kind === 'email' ? { smtp: smtpOf(values, context) } : { url: await urlOf(context) }),
    ...(kind === 'webhook' ? { signing_key: key } : {}),
  });
  const isNew = kind === 'webhook' && given === undefined;
  if (values.json === true)
    context.print(`${JSON.stringify({ ...channel, ...(isNew ? { signing_key: key } : {}) })}\n`);
  else {
    context.print(
      `${visibleText(channel.name)} is added. Try it: ushadow notifications test ${visibleText(channel.name)}\n`,
    );
    if (isNew) context.print(`Signing key, shown this once: ${key}\n`);
  }
  return 0;
}

function eventsOf(given: readonly string[] | undefined): NotificationKind[] {
  const names = (given ?? []).flatMap((text) => text.split(',')).map((text) => text.trim());
  if (names.length === 0) return [...USUAL];
  return names.map((name) => {
    const kind = notificationKinds.find((each) => each === name);
    if (kind === undefined) throw new UsageError(`--on takes ${notificationKinds.join(', ')}, not ${name}.`);
    return kind;
  });
}

async function urlOf({ environment, ask }: CommandContext): Promise<string> {
  const url = environment['USHADOW_NOTIFY_URL'] ?? (await ask?.('Address of the webhook: ', { hidden: true }));
  if (url === undefined || url === '')
    throw new UsageError('The address of the webhook is missing: set USHADOW_NOTIFY_URL.');
  return url.trim();
}

function smtpOf({ smtp, tls, user, from, to }: Values, { environment }: CommandContext) {
  const [, host = '', port] = /^(.+?)(?::(\d{1,5}))?$/.exec(required('--smtp', smtp)) ?? [];
  const secret = environment['USHADOW_SMTP_PASSWORD'];
  if (user !== undefined && secret === undefined)
    throw new UsageError('The password is missing: set USHADOW_SMTP_PASSWORD.');
  const recipients = to ?? [];
  if (recipients.length === 0) throw new UsageError('--to is missing.');
  return {
    host,
    ...(port === undefined ? {} : { port: Number(port) }),
    security: tls === true ? ('tls' as const) : ('starttls' as const),
    ...(user === undefined || secret === undefined ? {} : { username: user, password: secret }),
    from: required('--from', from),
    to: recipients,
  };
}

async function setPaused(
  gateway: Gateway,
  name: string | undefined,
  paused: boolean,
  { json }: Values,
  { print }: CommandContext,
): Promise<ExitCode> {
  const { channel_id } = await find(gateway, name);
  const channel = await gateway.client.updateChannel({ channel_id, paused });
  const text = paused ? 'is paused.' : 'goes on.';
  print(json === true ? `${JSON.stringify(channel)}\n` : `${visibleText(channel.name)} ${text}\n`);
  return 0;
}

/** By name or id. */
async function find({ client }: Gateway, given: string | undefined): Promise<ChannelData> {
  const wanted = required('NAME', given);
  const { channels } = await client.listChannels({});
  const found = channels.find(({ channel_id: id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found;
  const names = channels.map(({ name }) => name).join(', ') || 'none';
  throw new Refusal(`There is no notification channel ${wanted}. There are: ${names}.`);
}

function rowOf({ name, kind, to, state, waiting, rules }: ChannelData): string[] {
  const events = [...new Set(rules.flatMap((rule) => rule.events))];
  return [name, kind, to, state, String(waiting), events.join(', ')];
}

function deliveryRow({
  delivery_id: id,
  created_at: at,
  state,
  attempts_made: made,
  notification,
  attempts,
}: DeliveryData) {
  return [id, at.slice(0, 19), state, String(made), notification.title, attempts.at(-1)?.message ?? ''];
}

function attemptText({ ok, message, answer }: DeliveryData['attempts'][number]): string {
  const more = answer === null || answer === '' ? '' : ` It said: ${answer}`;
  return `${ok ? 'Delivered' : 'Not delivered'}: ${message}.${more}`;
}
