import { roles, type ApiTokenData, type Role } from '@ushadow/contracts';
import { createHash, randomBytes } from 'node:crypto';
import { Refusal, UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, parseCommandLine, required, wholeNumber } from '../gateway/command-line.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow token ls [--user USER] [OPTIONS]
       ushadow token create NAME [--user USER] [--role ROLE] [--days N] [OPTIONS]
       ushadow token rm NAME [--user USER] [OPTIONS]

Lets a program, such as a CI job, do what a user may. The token is shown once; ushadow takes it from USHADOW_TOKEN, curl as
"authorization: Bearer TOKEN". With --role it may no more than that, whatever its user may.

      --user USER            whose it is; oneself unless given
      --role ROLE            ${roles.join(', ')}
      --days N               it ends after so many days
${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  user: { type: 'string' },
  role: { type: 'string' },
  days: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = [['ls', 'create', 'rm'], []];

type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

interface Asked {
  readonly name: string | undefined;
  readonly values: Values;
  readonly context: CommandContext;
}

const DAY_MS = 86_400_000;
const SHOWN = 6;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 2);
  const [what = 'ls', name] = positionals;
  const action = { ls, create, rm }[what];
  if (action === undefined) throw new UsageError(`token takes ls, create and rm, not ${what}.`);
  return withGateway(values.api, context, (gateway) => action(gateway, { name, values, context }));
}

async function ls({ client }: Gateway, { values, context }: Asked): Promise<ExitCode> {
  const { tokens } = await client.listTokens(ofUser(values));
  const head = ['TOKEN', 'BEGINS', 'MAY', 'UNTIL', 'USED'];
  context.print(values.json === true ? `${JSON.stringify(tokens)}\n` : table(head, tokens.map(rowOf)));
  return 0;
}

function rowOf({ name, shown, limits, expires_at: end, used_at: used }: ApiTokenData): string[] {
  const may = limits === null ? 'all that its user may' : [...new Set(limits.map(({ role }) => role))].join(', ');
  return [name, `${shown}…`, may, end?.slice(0, 10) ?? 'it is revoked', used?.slice(0, 16) ?? 'never'];
}

/** Made here: the gateway is told its digest, and nobody but this terminal is ever shown it. */
async function create({ client }: Gateway, { name, values, context }: Asked): Promise<ExitCode> {
  const token = randomBytes(32).toString('base64url');
  const role = roleOf(values.role);
  const days = wholeNumber('--days', values.days);
  const made = await client.createToken({
    ...{ name: required('NAME', name), ...ofUser(values), shown: token.slice(0, SHOWN) },
    digest: createHash('sha256').update(token).digest('hex'),
    ...(role === undefined ? {} : { limits: [{ role }] }),
    ...(days === undefined ? {} : { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() }),
  });
  if (values.json === true) context.print(`${JSON.stringify({ ...made, token })}\n`);
  else context.print(`${visibleText(`${made.name} of ${made.user} is there. Shown this once:`)}\n  ${token}\n`);
  return 0;
}

async function rm({ client }: Gateway, { name, values, context }: Asked): Promise<ExitCode> {
  const wanted = required('NAME', name);
  const { tokens } = await client.listTokens(ofUser(values));
  const token = tokens.find((each) => each.name === wanted || each.token_id === wanted);
  if (token === undefined) {
    const known = tokens.map((each) => each.name).join(', ') || 'none';
    throw new Refusal(`There is no token ${wanted}. There are: ${known}.`);
  }
  const answer = await client.revokeToken({ token_id: token.token_id });
  context.print(values.json === true ? `${JSON.stringify(answer)}\n` : `${visibleText(answer.message)}\n`);
  return 0;
}

function ofUser({ user }: Values): { readonly user?: string } {
  return user === undefined ? {} : { user };
}

function roleOf(text: string | undefined): Role | undefined {
  const role = roles.find((each) => each === text);
  if (text !== undefined && role === undefined)
    throw new UsageError(`--role is one of ${roles.join(', ')}, not ${text}.`);
  return role;
}
