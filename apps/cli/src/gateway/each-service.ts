import { DomainError, type DeploymentData } from '@ushadow/contracts';
import type { ExitCode, CommandContext } from '../command.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { awaitVerdict } from './await-deployment.ts';
import type { Gateway } from './with-gateway.ts';

export interface ServiceJob {
  /** Starts it for one service. `supersede: false`: behind what is under way. */
  readonly start: (
    service: string,
    job: { readonly supersede: false; readonly message?: string },
  ) => Promise<DeploymentData>;
  /** Codes that say there is nothing to do for a service; they matter only where it was named. */
  readonly passes: readonly string[];
}

export interface ServiceJobOptions {
  readonly detach?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly message?: string | undefined;
}

/** Does something to each of a stack's services, one behind the other, and answers with the worst verdict. */
export async function eachService(
  gateway: Gateway,
  { stack_id, services: named }: { readonly stack_id: string; readonly services: readonly string[] },
  { start, passes }: ServiceJob,
  { detach, json, message }: ServiceJobOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const all = named.length > 0 ? named : await servicesOf(gateway, stack_id);
  const begun: DeploymentData[] = [];
  for (const service of all) {
    try {
      begun.push(await start(service, { supersede: false, ...(message === undefined ? {} : { message }) }));
    } catch (error) {
      if (!(error instanceof DomainError) || !passes.includes(error.code) || named.length > 0) throw error;
      context.printError(`${service}: ${visibleText(error.message)}\n`);
    }
  }
  let worst: ExitCode = 0;
  for (const deployment of begun) {
    const code = await awaitVerdict(gateway, deployment, { wait: detach !== true, json }, context);
    if (worst === 0 || code === 1) worst = code;
  }
  return worst;
}

async function servicesOf({ client }: Gateway, stack_id: string): Promise<readonly string[]> {
  const { services } = await client.getStack({ stack_id });
  return services.map(({ service }) => service);
}
