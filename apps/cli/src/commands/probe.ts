import type { StackChangeData } from '@ushadow/contracts';
import { UsageError, type CommandContext, type ExitCode, type Names, type OptionTable } from '../command.ts';
import { changePlanned, PLANNED_OPTIONS, PLANNED_USAGE } from '../gateway/change-stack.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow probe SERVICE... off|on [OPTIONS]

Switches the probes of services off, by which Kubernetes kills a container or takes it out of its Services, or on again. It
holds until the Compose file changes them.

${PLANNED_USAGE}${JOB_USAGE}`;

export const options = { ...JOB_OPTIONS, ...PLANNED_OPTIONS } as const satisfies OptionTable;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const probe = positionals.at(-1);
  const names = positionals.slice(0, -1);
  if (probe !== 'off' && probe !== 'on') throw new UsageError('It ends with off or on.');
  if (names.length === 0) throw new UsageError('SERVICE is missing.');
  return withGateway(values.api, context, async (gateway) => {
    const { stack, services } = await findStack(gateway, names, values, context);
    const change: StackChangeData = { kind: 'probe', services: [...services], probe };
    return changePlanned(gateway, stack.stack_id, change, values, context);
  });
}
