import type { StackEventData } from '@ushadow/contracts';
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
    const told = new Set<string>();
    for (;;) {
      const { events, unseen } = await client.listStackEvents(about);
      for (const event of [...events].reverse()) {
        const key = JSON.stringify(event);
        if (told.has(key)) continue;
        told.add(key);
        context.print(values.json === true ? `${key}\n` : eventLine(event, styled));
      }
      const blind = unseen.find(({ kind }) => kind === 'Event');
      if (blind !== undefined) context.printError(`Events cannot be seen: ${visibleText(blind.message)}\n`);
      if (values.follow !== true) return 0;
      await pause(FOLLOW_MS);
    }
  });
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
