import { setTimeout as delay } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCluster } from '@ushadow/testing';
import { PlayedKubelet } from '../../e2e/support/played-kubelet.ts';
import { findRival } from '../deploy/run-program.mjs';
import { startSystem } from '../deploy/started-system.mjs';

const NODE = 'sandbox-0';
const SERVICE = 'chatter';
const AGAIN_MS = 500;

/** A stack of one service whose simulated pods have a kubelet that answers, and how ours and kubectl reach it. */
export async function startPlayedStack(replicas) {
  const env = { gateway: { LOG_LEVEL: 'warn' }, 'operations-service': { LOG_LEVEL: 'warn' } };
  const { system, client, clusterId, stop } = await startSystem(env, (folder) => {
    writeFileSync(
      join(folder, `${SERVICE}.yaml`),
      `services:\n  ${SERVICE}:\n    image: registry.example/app:1\n    deploy:\n      replicas: ${replicas}\n      placement: { constraints: ['node.hostname == ${NODE}'] }\n`,
    );
  });
  const cluster = await testCluster();
  const kubelet = await PlayedKubelet.start(cluster, NODE);
  const namespace = `bench-${process.pid}`;
  const path = `/api/v1/namespaces/${namespace}`;
  await cluster.api.post('/api/v1/namespaces', { metadata: { name: namespace } });
  const { deployment_id: id } = await client.deployStack({
    ...{ cluster_id: clusterId, project: SERVICE, namespace, deadline_seconds: 600 },
  });
  for (;;) {
    const { status } = await client.getDeployment({ deployment_id: id });
    if (status === 'succeeded') break;
    if (['failed', 'cancelled', 'unknown'].includes(status)) throw new Error(`the stack ended ${status}`);
    await delay(AGAIN_MS);
  }
  const { body } = await cluster.api.get(`${path}/pods`);
  const kubectl = findRival('kubectl');
  return {
    ...{ system, kubelet, service: SERVICE },
    pods: body.items.map(({ metadata }) => metadata.name).sort(),
    ours: (command, ...args) => ({
      program: process.execPath,
      args: [join(import.meta.dirname, '../../apps/cli/bin/ushadow.js'), command, '-p', SERVICE, ...args],
      env: { USHADOW_API: system.gatewayUrl },
    }),
    kubectl: (...args) => ({
      program: kubectl,
      args: ['--kubeconfig', process.env.USHADOW_TEST_KUBECONFIG, '-n', namespace, ...args],
      env: {},
    }),
    stop: async () => {
      await cluster.api.delete(path);
      await kubelet.stop();
      await stop();
    },
  };
}
