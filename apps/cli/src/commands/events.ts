import { DomainError, type StackEventData } from '@ushadow/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExitCode, CommandContext, Names, OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
  wholeNumber,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { textStyler, visibleText, type TextStyler } from '../terminal/terminal-text.ts';

const FOLLOW_MS = 2_000;

export const usage = `Usage: ushadow events [SERVICE] [OPTIONS]

Shows what the cluster says of the objects of a stack, or of one service of it, the newest last; what is said again and
again is one line with its number.

  -f, --follow               goes on with what comes
      --limit N              how many; default: 50
${STACK_USAGE.replace('-f, --file', '    --file')}${GATEWAY_USAGE}`;

export const options = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  // As with kubectl and docker compose; the file has its long name alone here.
  file: { type: 'string', multiple: true },
  follow: { type: 'boolean', short: 'f' },
  limit: { type: 'string' },
} as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options, 1);
  const limit = wholeNumber('limit', values.limit) ?? 50;
  return withGateway(values.api, context, async ({ client, ...gateway }) => {
    const { stack, services } = await findStack({ client, ...gateway }, positionals, values, context);
    const [service] = services;
    const about = { stack_id: stack.stack_id, limit, ...(service === undefined ? {} : { service }) };
    const styled = textStyler(context.isTerminal, context.environment);
    let told = new Set<string>();
    let trouble = '';
    /** Once, for as long as it stays so. */
    const complain = (text: string): void => {
      if (text !== '' && text !== trouble) context.printError(`${visibleText(text)}\n`);
      trouble = text;
    };
    for (; ; await pause(FOLLOW_MS)) {
      const answer = await client.listStackEvents(about).catch(values.follow === true ? awayOr : raise);
      if (answer instanceof DomainError) {
        complain(`${answer.message} Trying again.`);
        continue;
      }
      const each = answer.events.map((event) => [JSON.stringify(event), event] as const);
      for (const [key, event] of each.toReversed())
        if (!told.has(key)) context.print(values.json === true ? `${key}\n` : eventLine(event, styled));
      told = new Set(each.map(([key]) => key));
      const blind = answer.unseen.find(({ kind }) => kind === 'Event');
      complain(blind === undefined ? '' : `Events cannot be seen: ${blind.message}`);
      if (values.follow !== true) return 0;
    }
  });
}

/** Who follows waits for what comes back by itself. */
function awayOr(error: unknown): DomainError {
  if (error instanceof DomainError && error.kind === 'unavailable') return error;
  throw error;
}

function raise(error: unknown): never {
  throw error;
}

function eventLine(
  { last, type, reason, object, container, message, count }: StackEventData,
  styled: TextStyler,
): string {
  const [kind = '', , name = ''] = object.split('/');
  const about = `${kind}/${name}${container === null ? '' : ` (${container})`}`;
  const times = count === 1 ? '' : ` (${String(count)} times)`;
  const text = visibleText(`${reason}  ${message}`.replaceAll('\n', ' '));
  const when = styled('dim', (last ?? '').slice(0, 19));
  return `${when}  ${visibleText(about)}  ${type === 'Warning' ? styled('yellow', text) : text}${times}\n`;
}
