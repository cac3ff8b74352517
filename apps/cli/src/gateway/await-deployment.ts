import type { DeploymentData } from '@ushadow/contracts';
import type { ExitCode, Surroundings } from '../command.ts';
import { jsonOutput } from '../terminal/json-output.ts';
import { LiveOutput } from '../terminal/live-output.ts';
import { painter } from '../terminal/paint.ts';
import { plainOutput } from '../terminal/plain-output.ts';
import { describeDeployment } from '../terminal/describe-deployment.ts';
import { exitCodeOf } from './exit-code.ts';
import { follow, type ProgressOutput } from './follow.ts';
import type { Gateway } from './with-gateway.ts';

export const WAIT_USAGE = `  -w, --wait                 follow it to its verdict, which is then the exit code
`;

/** Follows a deployment where that is asked for, and tells how it stands. */
export async function awaitDeployment(
  gateway: Gateway,
  deploymentId: string,
  { wait, json }: { readonly wait?: boolean | undefined; readonly json?: boolean | undefined },
  surroundings: Surroundings,
): Promise<DeploymentData> {
  if (wait !== true) {
    const deployment = await gateway.client.getDeployment({ deployment_id: deploymentId });
    surroundings.print(json === true ? `${JSON.stringify(deployment)}\n` : startedText(deployment));
    return deployment;
  }
  return follow(gateway, deploymentId, outputFor(json === true, surroundings));
}

/** The same for commands whose result is the deployment's. */
export async function awaitVerdict(...args: Parameters<typeof awaitDeployment>): Promise<ExitCode> {
  return exitCodeOf(await awaitDeployment(...args));
}

function outputFor(json: boolean, surroundings: Surroundings): ProgressOutput {
  if (json) return jsonOutput(surroundings);
  const paint = painter(surroundings.isTerminal, surroundings.environment);
  return surroundings.isTerminal ? new LiveOutput(surroundings, paint) : plainOutput(surroundings, paint);
}

function startedText(deployment: DeploymentData): string {
  const { deployment_id: id } = deployment;
  return `${describeDeployment(deployment)}\nFollow it with: ushadow status ${id} --wait\n`;
}
