import { createClient, type Client, type DeploymentData, type ProgressEventData } from '@ushadow/contracts';
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
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const kind = /^event: (.*)$/m.exec(block)?.[1];
      const data: unknown = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null');
      if (kind === 'progress') {
        events.push(data as ProgressEventData);
        options.seen?.(data as ProgressEventData);
      }
      if (kind === 'end') return { events, deployment: data as DeploymentData };
      if (kind === 'failure') throw new Error(`stream failed: ${JSON.stringify(data)}`);
    }
  }
  throw new Error('the stream ended without a verdict');
}
