import { followDeployment, type DeploymentData, type ProgressEventData, type StackData } from '@ushadow/contracts';
import type { Gateway } from './with-gateway.ts';

/** What is printed while a deployment runs. */
export interface ProgressOutput {
  readonly begin: (deployment: DeploymentData) => void;
  readonly progress: (event: ProgressEventData) => void;
  readonly lost: () => void;
  /** With the stack as it is then, where that could be seen. */
  readonly end: (deployment: DeploymentData, stack?: StackData) => void;
}

/** Waits for a deployment's verdict; its progress goes to the output. */
export function follow(
  { ports }: Gateway,
  deploymentId: string,
  { progress, lost }: Pick<ProgressOutput, 'progress' | 'lost'>,
): Promise<DeploymentData> {
  return new Promise((resolve, reject) => {
    followDeployment(deploymentId, { onProgress: progress, onLost: lost, onRefused: reject, onEnd: resolve }, ports);
  });
}
