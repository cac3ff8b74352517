import {
  createClient,
  followDeployment,
  followPorts,
  type Client,
  type DeploymentData,
  type ProgressEventData,
} from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

export const composeDirectory = join(repositoryRoot(), 'e2e/compose');

export function gatewayClient(gatewayUrl: string): Client {
  return createClient({
    baseUrl: gatewayUrl,
    newKey: randomUUID,
    fetch: (url, init) => fetch(url, init as RequestInit),
  });
}

export function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

export interface Followed {
  readonly events: readonly ProgressEventData[];
  readonly deployment: DeploymentData;
}

/** Follows a deployment to its verdict, as every client does. `seen` hears each event as it comes. */
export function follow(
  gatewayUrl: string,
  deploymentId: string,
  options: { seen?: (event: ProgressEventData) => void } = {},
): Promise<Followed> {
  const events: ProgressEventData[] = [];
  return new Promise((resolve, reject) => {
    const ports = followPorts(gatewayUrl, globalThis);
    const onProgress = (event: ProgressEventData): void => {
      events.push(event);
      options.seen?.(event);
    };
    const onEnd = (deployment: DeploymentData): void => {
      resolve({ events, deployment });
    };
    followDeployment(deploymentId, { onProgress, onEnd, onRefused: reject }, ports);
  });
}
