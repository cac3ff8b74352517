import type { StackServiceData } from '@ushadow/contracts';
import { Refusal, type ExitCode, type CommandContext, type Names, type OptionTable } from '../command.ts';
import {
  GATEWAY_OPTIONS,
  GATEWAY_USAGE,
  parseCommandLine,
  STACK_OPTIONS,
  STACK_USAGE,
} from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { addressesText } from '../terminal/address-text.ts';
import { factText, lastText } from '../terminal/fact-text.ts';
import { table } from '../terminal/table.ts';

export const usage = `Usage: ushadow ps [SERVICE...] [OPTIONS]

Shows the services of a stack: whether they work now, whether they are what the last good revision wants, how the last
deployment ended, and where they are to be found. What cannot be seen now is said to be as it was last seen.

${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = { ...GATEWAY_OPTIONS, ...STACK_OPTIONS } as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services: names } = await findStack(gateway, positionals, values, context);
    const { services } = await gateway.client.getStack({ stack_id: stack.stack_id });
    const shown = chosen(services, names, stack.project);
    context.print(values.json === true ? `${JSON.stringify(shown)}\n` : servicesTable(shown));
    return 0;
  });
}

function chosen(
  services: readonly StackServiceData[],
  names: readonly string[],
  project: string,
): readonly StackServiceData[] {
  const known = services.map(({ service }) => service);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Refusal(`${project} has no service ${unknown.join(', ')}. It has: ${known.join(', ')}.`);
  return names.length === 0 ? services : services.filter(({ service }) => names.includes(service));
}

function servicesTable(services: readonly StackServiceData[]): string {
  const now = Date.now();
  const head = ['SERVICE', 'IMAGE', 'HEALTH', 'READY', 'SYNC', 'LAST DEPLOYMENT', 'ADDRESS'];
  const rows = services.map((each) => [
    each.service,
    each.image ?? '',
    factText(each.health, now),
    readyText(each),
    factText(each.sync, now),
    lastText(each.deployment, now),
    addressesText(each.addresses),
  ]);
  return table(head, rows);
}

function readyText({ ready, wanted }: StackServiceData): string {
  return ready === null && wanted === null ? '' : [ready, wanted].map((count) => String(count ?? '?')).join('/');
}
