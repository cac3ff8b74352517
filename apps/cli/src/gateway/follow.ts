import { followDeployment, type DeploymentData, type FollowPorts, type ProgressEventData } from '@ushadow/contracts';
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
      portsTo(baseUrl),
    );
  });
}

function portsTo(baseUrl: string): FollowPorts {
  return {
    baseUrl,
    open: async (url, headers, closed) => {
      const abort = new AbortController();
      closed(() => {
        abort.abort();
      });
      const response = await fetch(url, { headers, signal: abort.signal });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      return {
        ok: response.ok && reader !== undefined,
        status: response.status,
        json: () => response.json(),
        read: async () => (await reader?.read())?.value,
      };
    },
    after: (milliseconds, done) => {
      const timer = setTimeout(done, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
