import { UsageError, type ExitCode, type CommandContext } from '../command.ts';
import { awaitVerdict } from '../gateway/await-deployment.ts';
import { parseCommandLine, wholeNumber } from '../gateway/command-line.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway } from '../gateway/with-gateway.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';

export const usage = `Usage: ushadow rollback [SERVICE...] [OPTIONS]
       ushadow rollback --deployment ID [OPTIONS]

Brings a revision of a stack back by a new deployment, or of the services named, with the rest as it is. Data in volumes is
not part of a revision, and one-shots do not run again. The exit code is the verdict.

      --to REVISION          its number; default: the last good one before the current
      --deployment ID        undo this deployment: back to the last good revision before it
${JOB_USAGE}`;

export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const own = { to: { type: 'string' }, deployment: { type: 'string' } } as const;
  const { values, positionals } = parseCommandLine(args, { ...JOB_OPTIONS, ...own });
  const { deployment: undone, detach, json, message } = values;
  if (undone !== undefined && (positionals.length > 0 || values.to !== undefined))
    throw new UsageError('--deployment stands for itself: it says the stack and where to go back to.');
  const to = wholeNumber('to', values.to);
  if (to === 0) throw new UsageError('Revisions count from 1.');
  const job = { supersede: true, ...(message === undefined ? {} : { message }) };
  return withGateway(values.api, context, async (gateway) => {
    const { client } = gateway;
    const restore = async () => {
      const { stack, services } = await findStack(gateway, positionals, values, context);
      return client.rollbackStack({
        stack_id: stack.stack_id,
        ...(services.length === 0 ? {} : { services: [...services] }),
        ...(to === undefined ? {} : { to_revision: to }),
        ...job,
      });
    };
    const begun = await (undone === undefined
      ? restore()
      : client.rollbackDeployment({ deployment_id: undone, ...job }));
    return awaitVerdict(gateway, begun, { wait: detach !== true, json }, context);
  });
}
