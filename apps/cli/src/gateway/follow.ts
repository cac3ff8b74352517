import { followDeployment, followPorts, type DeploymentData, type ProgressEventData } from '@ushadow/contracts';
import type { Gateway } from './with-gateway.ts';

/** What is told while a deployment runs. */
export interface ProgressOutput {
  readonly progress: (event: ProgressEventData) => void;
  readonly lost: () => void;
  readonly end: (deployment: DeploymentData) => void;
}

/** Waits for a deployment's verdict; its progress goes to the output. */
export function follow({ baseUrl }: Gateway, deploymentId: string, output: ProgressOutput): Promise<DeploymentData> {
  return new Promise((resolve, reject) => {
    followDeployment(
      deploymentId,
      {
        onProgress: output.progress,
        onLost: output.lost,
        onRefused: reject,
        onEnd: (deployment) => {
          output.end(deployment);
          resolve(deployment);
        },
      },
      followPorts(baseUrl, globalThis),
    );
  });
}
