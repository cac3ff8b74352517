import { UsageError, type ExitCode, type CommandContext, type Names } from '../command.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { eachService } from '../gateway/each-service.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow scale SERVICE=N... [OPTIONS]

Changes the number of replicas. It holds until the Compose file changes that number.

${JOB_USAGE}`;

export const options = JOB_OPTIONS;
export const names: readonly Names[] = ['service'];

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, options);
  const wanted = positionals.map(readScale);
  if (wanted.length === 0) throw new UsageError('SERVICE=N is missing.');
  return withGateway(values.api, context, async (gateway) => {
    const names = wanted.map(({ name }) => name);
    const { stack, services } = await findStack(gateway, names, values, context);
    const { stack_id } = stack;
    const replicas = new Map(wanted.map(({ name, count }) => [name.slice(name.indexOf('/') + 1), count]));
    const job = {
      start: (service: string, how: { supersede: false }) =>
        gateway.client.scaleService({ stack_id, service, replicas: replicas.get(service) ?? 1, ...how }),
    };
    return eachService(gateway, { stack_id, services }, job, values, context);
  });
}

function readScale(text: string): { readonly name: string; readonly count: number } {
  const [, name, count] = /^(.+)=(\d{1,3})$/.exec(text) ?? [];
  if (name === undefined || count === undefined || Number(count) > 100)
    throw new UsageError(`It is SERVICE=N with N up to 100, not ${text}.`);
  return { name, count: Number(count) };
}
