import type { StackMetricsData } from '@ushadow/contracts';
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
import { table } from '../terminal/table.ts';
import { visibleText } from '../terminal/terminal-text.ts';

export const usage = `Usage: ushadow top [SERVICE...] [OPTIONS]

Shows what the pods of a stack use of CPU (in thousandths of a core) and memory, against what they ask for and may have at
most, the use of their nodes, and of their volumes where the cluster says it.

${STACK_USAGE}${GATEWAY_USAGE}`;

export const options = { ...GATEWAY_OPTIONS, ...STACK_OPTIONS } as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, positionals, values, context);
    const metrics = await gateway.client.getStackMetrics({ stack_id: stack.stack_id });
    const pods = metrics.pods.filter(({ service }) => services.length === 0 || services.includes(service ?? ''));
    if (values.json === true) context.print(`${JSON.stringify({ ...metrics, pods })}\n`);
    else if (metrics.available) context.print(tables({ ...metrics, pods }));
    for (const note of metrics.notes) context.printError(`${visibleText(note)}\n`);
    if (!metrics.available && values.json !== true) throw new Refusal(`There are no figures: ${metrics.message}.`);
    return 0;
  });
}

function tables({ pods, nodes, claims }: StackMetricsData): string {
  const parts = [
    table(
      ['POD', 'SERVICE', 'CPU', 'REQUEST', 'LIMIT', 'MEMORY', 'REQUEST', 'LIMIT'],
      pods.map((each) => [
        each.pod,
        each.service ?? '',
        cpu(each.cpu_millicores),
        cpu(each.cpu_request_millicores),
        cpu(each.cpu_limit_millicores),
        bytes(each.memory_bytes),
        bytes(each.memory_request_bytes),
        bytes(each.memory_limit_bytes),
      ]),
    ),
    table(
      ['NODE', 'CPU', 'OF', 'MEMORY', 'OF'],
      nodes.map((each) => [
        each.node,
        cpu(each.cpu_millicores),
        cpu(each.cpu_allocatable_millicores),
        bytes(each.memory_bytes),
        bytes(each.memory_allocatable_bytes),
      ]),
    ),
    table(
      ['CLAIM', 'USED', 'OF'],
      claims.map(({ claim, used_bytes: used, capacity_bytes: all }) => [claim, bytes(used), bytes(all)]),
    ),
  ];
  return [parts[0], nodes.length === 0 ? '' : parts[1], claims.length === 0 ? '' : parts[2]]
    .filter((part) => part !== '')
    .join('\n');
}

function cpu(millicores: number | null): string {
  return millicores === null ? '-' : `${String(Math.round(millicores))}m`;
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const;

function bytes(count: number | null): string {
  if (count === null) return '-';
  let value = count;
  let unit = 0;
  while (value >= 1_024 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : String(Math.round(value))}${UNITS[unit] ?? ''}`;
}
