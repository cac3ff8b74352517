import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { testCluster, testNamespace } from '../../isolation/test-cluster.ts';
import type { TestCluster, TestNamespace } from '../../isolation/test-cluster.ts';

type Pod = {
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly { readonly state: { readonly waiting?: { readonly reason: string } } }[];
  };
};

let cluster: TestCluster;
let namespace: TestNamespace;

async function run(name: string, image: string): Promise<void> {
  const labels = { app: name };
  const spec = { containers: [{ name: 'main', image }] };
  const path = `/apis/apps/v1/namespaces/${namespace.name}/deployments/${name}`;
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
  await cluster.api.apply(path, deployment, 'test');
}

/** The only pod of a deployment, once its container has a status. */
async function podOf(name: string): Promise<Pod> {
  for (;;) {
    const { body } = await cluster.api.get(`/api/v1/namespaces/${namespace.name}/pods?labelSelector=app%3D${name}`);
    const [pod] = (body as { items: readonly Pod[] }).items;
    if (pod?.status.containerStatuses) return pod;
    await delay(50);
  }
}

beforeAll(async () => {
  cluster = await testCluster();
  namespace = await testNamespace(cluster);
});

afterAll(() => namespace?.delete());

describe('the simulated cluster', () => {
  it('runs pods', async () => {
    await run('good', 'nginx');
    const { status } = await podOf('good');
    expect(status.phase).toBe('Running');
    expect(status.podIP).toMatch(/^10\./);
  });

  it('cannot pull an image of a host that cannot exist', async () => {
    await run('bad', 'registry.invalid/x:1');
    const { status } = await podOf('bad');
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses?.[0]?.state.waiting?.reason).toBe('ImagePullBackOff');
  });

  it('lets an image of crash.invalid crash again and again', async () => {
    await run('crash', 'crash.invalid/x:1');
    const { status } = await podOf('crash');
    expect(status.containerStatuses?.[0]?.state.waiting?.reason).toBe('CrashLoopBackOff');
  });

  it('writes every request into the audit log', async () => {
    const entries = (await cluster.audit()) ?? [];
    const ours = entries.filter(
      ({ objectRef }) => objectRef?.namespace === namespace.name && objectRef.name === 'good',
    );
    expect(ours.some(({ verb, requestURI }) => verb === 'patch' && requestURI.includes('fieldManager=test'))).toBe(
      true,
    );
  });
});
