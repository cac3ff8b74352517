import { DomainError } from '@ushadow/contracts';
import type { CommandContext, CommandModule, ExitCode } from '../command.ts';
import { changeNow } from '../gateway/change-stack.ts';
import { parseCommandLine } from '../gateway/command-line.ts';
import { eachService, type ServiceJob, type ServiceJobOptions } from '../gateway/each-service.ts';
import { findStack } from '../gateway/find-stack.ts';
import { withGateway, type Gateway } from '../gateway/with-gateway.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { JOB_OPTIONS } from './job-options.ts';

const KINDS = { startService: 'start', stopService: 'stop', restartService: 'restart' } as const;

/**
 * A command that does the same to each of the services named, or in one deployment to all of a stack; `nothingToDo` says that
 * none of them needs it.
 */
export function serviceCommand(operation: keyof typeof KINDS, nothingToDo: string): CommandModule['run'] {
  return async (args, context) => {
    const { values, positionals } = parseCommandLine(args, JOB_OPTIONS);
    return withGateway(values.api, context, async (gateway) => {
      const { stack, services } = await findStack(gateway, positionals, values, context);
      const { stack_id } = stack;
      if (services.length === 0) return whole(gateway, stack_id, KINDS[operation], nothingToDo, values, context);
      const start: ServiceJob['start'] = (service, how) => gateway.client[operation]({ stack_id, service, ...how });
      return eachService(gateway, { stack_id, services }, { start }, values, context);
    });
  };
}

async function whole(
  gateway: Gateway,
  stackId: string,
  kind: (typeof KINDS)[keyof typeof KINDS],
  nothingToDo: string,
  options: ServiceJobOptions,
  context: CommandContext,
): Promise<ExitCode> {
  try {
    return await changeNow(gateway, stackId, { kind }, options, context);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== nothingToDo) throw error;
    const { code, message } = error;
    if (options.json === true) context.print(`${JSON.stringify({ deployment: null, code, message })}\n`);
    else context.printError(`${visibleText(message)}\n`);
    return 0;
  }
}
