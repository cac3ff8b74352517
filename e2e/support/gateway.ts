import { createClient, SseParser, type Client, type DeploymentData, type ProgressEventData } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { join } from 'node:path';

export const composeDirectory = join(repositoryRoot(), 'e2e/compose');

export function gatewayClient(gatewayUrl: string): Client {
  return createClient({ baseUrl: gatewayUrl, fetch: (url, init) => fetch(url, init as RequestInit) });
}

export function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

export interface Followed {
  readonly events: readonly ProgressEventData[];
  readonly deployment: DeploymentData;
}

/** Follows a deployment's server-sent events until their end. `seen` hears each one as it comes. */
export async function follow(
  gatewayUrl: string,
  deploymentId: string,
  options: { after?: number; seen?: (event: ProgressEventData) => void } = {},
): Promise<Followed> {
  const headers = options.after === undefined ? {} : { 'last-event-id': String(options.after) };
  const response = await fetch(`${gatewayUrl}/api/deployments/${deploymentId}/events/stream`, { headers });
  if (response.body === null) throw new Error('no stream');
  const events: ProgressEventData[] = [];
  const parser = new SseParser();
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    for (const { event, data } of parser.push(chunk)) {
      if (event === 'progress') {
        const progress = JSON.parse(data) as ProgressEventData;
        events.push(progress);
        options.seen?.(progress);
      }
      if (event === 'end') return { events, deployment: JSON.parse(data) as DeploymentData };
      if (event === 'failure') throw new Error(`stream failed: ${data}`);
    }
  }
  throw new Error('the stream ended without a verdict');
}
