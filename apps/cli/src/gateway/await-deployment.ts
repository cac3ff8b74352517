import { DomainError, type DeploymentData, type StackData } from '@ushadow/contracts';
import type { ExitCode, CommandContext } from '../command.ts';
import { describeDeployment } from '../terminal/describe-deployment.ts';
import { jsonOutput } from '../terminal/json-output.ts';
import { LiveOutput } from '../terminal/live-output.ts';
import { textStyler } from '../terminal/terminal-text.ts';
import { PlainOutput } from '../terminal/plain-output.ts';
import { ServiceStates, type ObjectUsers } from '../terminal/service-states.ts';
import { exitCodeOf } from './exit-code.ts';
import { follow, type ProgressOutput } from './follow.ts';
import type { Gateway } from './with-gateway.ts';

export const WAIT_USAGE = `  -w, --wait                 follow it to its verdict, which is then the exit code
`;

export const DETACH_OPTIONS = { detach: { type: 'boolean', short: 'd' } } as const;

export const DETACH_USAGE = `  -d, --detach               do not wait for the verdict
`;

export interface AwaitOptions {
  readonly wait: boolean;
  readonly json?: boolean | undefined;
  /** Which services want an object, where that is known. */
  readonly users?: ObjectUsers;
}

/** Follows a deployment where that is asked for, and prints how it stands. */
export async function awaitDeployment(
  gateway: Gateway,
  begun: DeploymentData,
  { wait, json = false, users }: AwaitOptions,
  context: CommandContext,
): Promise<DeploymentData> {
  if (!wait) {
    context.print(json ? `${JSON.stringify(begun)}\n` : startedText(begun));
    return begun;
  }
  const output = outputFor(json, new ServiceStates(begun.services, users), context);
  output.begin(begun);
  const deployment = await follow(gateway, begun.deployment_id, output);
  output.end(deployment, json ? undefined : await stackAfter(gateway, deployment));
  return deployment;
}

/** The same for commands whose result is the deployment's. */
export async function awaitVerdict(...args: Parameters<typeof awaitDeployment>): Promise<ExitCode> {
  return exitCodeOf(await awaitDeployment(...args));
}

function outputFor(json: boolean, states: ServiceStates, context: CommandContext): ProgressOutput {
  if (json) return jsonOutput(context);
  const styled = textStyler(context.isTerminal, context.environment);
  return context.isTerminal ? new LiveOutput(context, styled, states) : new PlainOutput(context, styled, states);
}

/** For the addresses; the verdict does not depend on them. */
async function stackAfter({ client }: Gateway, { kind, stack_id: id }: DeploymentData): Promise<StackData | undefined> {
  if (kind === 'remove' || kind === 'stop') return undefined;
  try {
    return await client.getStack({ stack_id: id });
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function startedText(deployment: DeploymentData): string {
  const { deployment_id: id } = deployment;
  return `${describeDeployment(deployment)}\nFollow it with: ushadow status ${id} --wait\n`;
}
