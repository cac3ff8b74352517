import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startControlPlane } from '@ushadow/testing/servers';
import type { ControlPlane, ServerContext } from '@ushadow/testing/servers';

const NAME = 'sandbox';
const PORT = 7443;
const ATTEMPTS = 20;

export type SandboxOptions = {
  readonly context: ServerContext;
  readonly directory: string;
  readonly gatewayUrl: string;
  readonly signal: AbortSignal;
};

/** Starts the sandbox cluster and registers it. Builds its programs first where there are none, which takes minutes. */
export async function startSandbox({ context, directory, gatewayUrl, signal }: SandboxOptions): Promise<ControlPlane> {
  const cluster = await startControlPlane(context, { directory, name: NAME, port: PORT, nodes: 3, volumes: 40 });
  try {
    signal.throwIfAborted();
    await registerSandbox(gatewayUrl, cluster, signal);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

type RegisteredCluster = {
  readonly cluster_id: string;
  readonly name: string;
  readonly server: string;
  readonly status: string;
};

/**
 * Registers the cluster under its name. One that is there already stays when its credentials still work; a dead one of an
 * earlier sandbox is replaced; a cluster somebody else named so is left alone.
 */
export async function registerSandbox(
  gatewayUrl: string,
  { server, kubeconfig }: Pick<ControlPlane, 'server' | 'kubeconfig'>,
  signal: AbortSignal,
): Promise<void> {
  const clusters = `${gatewayUrl}/api/kubernetes/clusters`;
  const call = (method: string, url: string, body?: unknown): Promise<Response> => retried(url, method, body, signal);
  const known = (await (await call('GET', clusters)).json()) as readonly RegisteredCluster[];
  const present = known.find(({ name }) => name === NAME);
  if (present) {
    if (new URL(present.server).hostname !== '127.0.0.1') throw new Error(`another cluster is named "${NAME}"`);
    const checked = await call('POST', `${clusters}/${present.cluster_id}/check`, {});
    const { status } = checked.ok ? ((await checked.json()) as RegisteredCluster) : present;
    if (checked.ok && present.server === server && status === 'connected') return;
    await call('DELETE', `${clusters}/${present.cluster_id}`);
  }
  const text = await readFile(kubeconfig);
  const answer = await call('POST', clusters, { name: NAME, kubeconfig: text.toString('base64') });
  if (answer.ok) return;
  const refusal = await answer.text();
  // Somebody has added it by hand, under another name.
  if (answer.status === 409 && refusal.includes('CLUSTER_ALREADY_REGISTERED')) return;
  throw new Error(`the gateway refused the sandbox cluster: ${answer.status} ${refusal}`);
}

/** 503 is a service that is still starting; the gateway says so at once, and it passes. */
async function retried(url: string, method: string, body: unknown, signal: AbortSignal): Promise<Response> {
  const init = {
    method,
    signal,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, init);
    if (answer.status !== 503 || attempt === ATTEMPTS) return answer;
    await answer.arrayBuffer();
    await delay(500, undefined, { signal });
  }
}

export function sandboxKubeconfig(directory: string): string {
  return join(directory, 'kubeconfig');
}
