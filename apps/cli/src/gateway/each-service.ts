import type { DeploymentData } from '@ushadow/contracts';
import type { ExitCode, CommandContext } from '../command.ts';
import { awaitVerdict } from './await-deployment.ts';
import type { Gateway } from './with-gateway.ts';

export interface ServiceJob {
  /** Starts it for one service. `supersede: false`: behind what is under way. */
  readonly start: (
    service: string,
    job: { readonly supersede: false; readonly message?: string },
  ) => Promise<DeploymentData>;
}

export interface ServiceJobOptions {
  readonly detach?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly message?: string | undefined;
}

/** Does something to each of the services named, one behind the other, and answers with the worst verdict. */
export async function eachService(
  gateway: Gateway,
  { services }: { readonly stack_id: string; readonly services: readonly string[] },
  { start }: ServiceJob,
  { detach, json, message }: ServiceJobOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const begun: DeploymentData[] = [];
  for (const service of services)
    begun.push(await start(service, { supersede: false, ...(message === undefined ? {} : { message }) }));
  let worst: ExitCode = 0;
  for (const deployment of begun) {
    const code = await awaitVerdict(gateway, deployment, { wait: detach !== true, json }, context);
    if (worst === 0 || code === 1) worst = code;
  }
  return worst;
}
